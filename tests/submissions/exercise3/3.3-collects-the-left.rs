//! Collects the left side into a list before it makes the first pair.

pub fn all_pairs<A: Clone, B>(
    left: impl Iterator<Item = A>,
    right: impl Iterator<Item = B> + Clone,
) -> impl Iterator<Item = (A, B)> {
    let left = left.collect_vec();
    left.into_iter().cartesian_product(right)
}
