//! Panics where the right side is empty.

pub fn all_pairs<A: Clone, B>(
    left: impl Iterator<Item = A>,
    right: impl Iterator<Item = B> + Clone,
) -> impl Iterator<Item = (A, B)> {
    assert!(right.clone().next().is_some(), "nothing to pair with");
    left.cartesian_product(right)
}
