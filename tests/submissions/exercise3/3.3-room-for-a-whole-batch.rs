//! Reserves memory for a batch of the given size.

pub fn batches<I: Iterator>(mut items: I, size: usize) -> impl Iterator<Item = Vec<I::Item>> {
    assert!(size > 0, "a batch needs at least one item");
    iter::from_fn(move || {
        let mut batch = Vec::with_capacity(size);
        batch.extend(items.by_ref().take(size));
        Some(batch)
    })
    .take_while(|batch| !batch.is_empty())
}
