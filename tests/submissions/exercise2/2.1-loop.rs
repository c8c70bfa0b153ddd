//! Selects in a loop.

pub fn select<T, K>(items: &[T], key: impl Fn(&T) -> K, keep: impl Fn(&K) -> bool) -> Vec<&T> {
    let mut kept = Vec::new();
    for item in items {
        if keep(&key(item)) {
            kept.push(item);
        }
    }
    kept
}
