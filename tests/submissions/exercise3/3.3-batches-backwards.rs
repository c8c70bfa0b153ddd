//! Turns each batch round.

pub fn batches<I: Iterator>(mut items: I, size: usize) -> impl Iterator<Item = Vec<I::Item>> {
    assert!(size > 0, "a batch needs at least one item");
    iter::from_fn(move || {
        Some(items.by_ref().take(size).collect_vec().into_iter().rev().collect_vec())
    })
    .take_while(|batch| !batch.is_empty())
}
