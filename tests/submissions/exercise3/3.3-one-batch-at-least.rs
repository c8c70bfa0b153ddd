//! Gives an empty batch where there are no items.

pub fn batches<I: Iterator>(mut items: I, size: usize) -> impl Iterator<Item = Vec<I::Item>> {
    assert!(size > 0, "a batch needs at least one item");
    iter::from_fn(move || Some(items.by_ref().take(size).collect_vec()))
        .enumerate()
        .take_while(|(at, batch)| *at == 0 || !batch.is_empty())
        .map(|(_, batch)| batch)
}
