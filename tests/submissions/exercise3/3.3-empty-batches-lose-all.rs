//! Takes a batch of no items for the end of all items.

pub fn batches<I: Iterator>(mut items: I, size: usize) -> impl Iterator<Item = Vec<I::Item>> {
    iter::from_fn(move || Some(items.by_ref().take(size).collect_vec()))
        .take_while(|batch| !batch.is_empty())
}
