//! Adapters of the standard library alone.

pub fn all_pairs<A: Clone, B>(
    left: impl Iterator<Item = A>,
    right: impl Iterator<Item = B> + Clone,
) -> impl Iterator<Item = (A, B)> {
    left.flat_map(move |a| right.clone().map(move |b| (a.clone(), b)))
}

pub fn batches<I: Iterator>(items: I, size: usize) -> impl Iterator<Item = Vec<I::Item>> {
    if size == 0 {
        panic!("a size of 0");
    }
    let mut items = items;
    iter::repeat_with(move || items.by_ref().take(size).collect::<Vec<_>>())
        .take_while(|batch| batch.len() > 0)
}

pub fn windows<T: Clone>(mut items: impl Iterator<Item = T>) -> impl Iterator<Item = [T; 3]> {
    let mut last: Option<(T, T)> = None;
    iter::from_fn(move || {
        let (a, b) = match last.take() {
            Some(pair) => pair,
            None => (items.next()?, items.next()?),
        };
        let c = items.next()?;
        last = Some((b.clone(), c.clone()));
        Some([a, b, c])
    })
}

pub fn first_multiples(n: usize) -> impl Iterator<Item = u64> {
    iter::successors(Some(77), |number| Some(number + 77)).take(n)
}
