//! Asks for the item after the batch to know whether it is the last one.

pub fn batches<I: Iterator>(items: I, size: usize) -> impl Iterator<Item = Vec<I::Item>> {
    assert!(size > 0, "a batch needs at least one item");
    let mut items = items.peekable();
    iter::from_fn(move || {
        items.peek()?;
        let batch = items.by_ref().take(size).collect_vec();
        let _is_last = items.peek().is_none();
        Some(batch)
    })
}
