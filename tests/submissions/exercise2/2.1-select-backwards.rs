//! Filters from the end.

pub fn select<T, K>(items: &[T], key: impl Fn(&T) -> K, keep: impl Fn(&K) -> bool) -> Vec<&T> {
    items.iter().rev().filter(|item| keep(&key(item))).collect()
}
