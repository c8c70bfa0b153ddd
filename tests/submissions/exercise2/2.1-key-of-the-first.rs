//! Looks at the key of the first item for all of them.

#[must_use]
pub fn select<T, K>(items: &[T], key: impl Fn(&T) -> K, keep: impl Fn(&K) -> bool) -> Vec<&T> {
    items.iter().filter(|_| keep(&key(&items[0]))).collect()
}
