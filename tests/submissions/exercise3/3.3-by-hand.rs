//! Does without the crate: nested closures, a loop, a queue and a filter.

pub fn all_pairs<A: Clone, B>(
    left: impl Iterator<Item = A>,
    right: impl Iterator<Item = B> + Clone,
) -> impl Iterator<Item = (A, B)> {
    left.flat_map(move |a| right.clone().map(move |b| (a.clone(), b)))
}

pub fn batches<I: Iterator>(mut items: I, size: usize) -> impl Iterator<Item = Vec<I::Item>> {
    let mut checked = false;
    iter::from_fn(move || {
        // The contract does not say when it panics, so the first batch may do it.
        assert!(checked || size > 0, "no items in a batch");
        checked = true;
        let mut batch = vec![items.next()?];
        while batch.len() < size {
            match items.next() {
                Some(item) => batch.push(item),
                None => break,
            }
        }
        Some(batch)
    })
}

pub fn windows<T: Clone>(mut items: impl Iterator<Item = T>) -> impl Iterator<Item = [T; 3]> {
    let mut window = std::collections::VecDeque::new();
    iter::from_fn(move || {
        window.push_back(items.next()?);
        while window.len() < 3 {
            window.push_back(items.next()?);
        }
        let shown = [window[0].clone(), window[1].clone(), window[2].clone()];
        window.pop_front();
        Some(shown)
    })
}

pub fn first_multiples(n: usize) -> impl Iterator<Item = u64> {
    (1_u64..).filter(|k| k % 7 == 0).filter(|k| k % 11 == 0).take(n)
}
