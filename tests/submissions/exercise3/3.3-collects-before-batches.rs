//! Collects all items before it makes the first batch.

pub fn batches<I: Iterator>(items: I, size: usize) -> impl Iterator<Item = Vec<I::Item>> {
    assert!(size > 0, "a batch needs at least one item");
    let mut all = items.collect_vec().into_iter();
    iter::from_fn(move || Some(all.by_ref().take(size).collect_vec()))
        .take_while(|batch| !batch.is_empty())
}
