//! Makes the list of all pairs, and iterates over that.

pub fn all_pairs<A: Clone, B>(
    left: impl Iterator<Item = A>,
    right: impl Iterator<Item = B> + Clone,
) -> impl Iterator<Item = (A, B)> {
    let mut pairs = Vec::new();
    for a in left {
        for b in right.clone() {
            pairs.push((a.clone(), b));
        }
    }
    pairs.into_iter()
}
