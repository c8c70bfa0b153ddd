//! Yields full batches only.

pub fn batches<I: Iterator>(mut items: I, size: usize) -> impl Iterator<Item = Vec<I::Item>> {
    assert!(size > 0, "a batch needs at least one item");
    iter::from_fn(move || {
        let batch = items.by_ref().take(size).collect_vec();
        (batch.len() == size).then_some(batch)
    })
}
