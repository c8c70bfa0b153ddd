//! Pulls one item at a time, and keeps every one that it has ever seen.

pub fn windows<T: Clone>(mut items: impl Iterator<Item = T>) -> impl Iterator<Item = [T; 3]> {
    let mut seen: Vec<T> = Vec::new();
    iter::from_fn(move || {
        while seen.len() < 2 {
            seen.push(items.next()?);
        }
        seen.push(items.next()?);
        seen.last_chunk::<3>().cloned()
    })
}
