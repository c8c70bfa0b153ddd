//! Collects the right side into a list to run through it again.

pub fn all_pairs<A: Clone, B>(
    left: impl Iterator<Item = A>,
    right: impl Iterator<Item = B> + Clone,
) -> impl Iterator<Item = (A, B)> {
    left.flat_map(move |a| {
        let right = right.clone().collect_vec();
        right.into_iter().map(move |b| (a.clone(), b))
    })
}
