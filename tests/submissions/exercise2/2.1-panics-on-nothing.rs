//! Looks at the first item without asking whether there is one.

#[must_use]
pub fn select<T, K>(items: &[T], key: impl Fn(&T) -> K, keep: impl Fn(&K) -> bool) -> Vec<&T> {
    let _ = key(&items[0]);
    items.iter().filter(|item| keep(&key(item))).collect()
}
