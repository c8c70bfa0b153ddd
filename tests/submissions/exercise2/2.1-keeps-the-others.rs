//! Takes the filter for a list of what to leave out.

pub fn select<T, K>(items: &[T], key: impl Fn(&T) -> K, keep: impl Fn(&K) -> bool) -> Vec<&T> {
    items.iter().filter(|item| !keep(&key(item))).collect()
}
