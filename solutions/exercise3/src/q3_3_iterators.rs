//! Question 3.3: pairs, batches, windows and multiples, all of them lazy.

use std::iter;

use itertools::Itertools;

/// Every pair of an item of `left` and an item of `right`.
///
/// Without the crate: `left.flat_map(move |a| right.clone().map(move |b| (a.clone(), b)))`.
pub fn all_pairs<A: Clone, B>(
    left: impl Iterator<Item = A>,
    right: impl Iterator<Item = B> + Clone,
) -> impl Iterator<Item = (A, B)> {
    left.cartesian_product(right)
}

/// The items in batches of `size`.
///
/// Each batch is a `Vec` of its own that can be sent to another thread;
/// `Itertools::chunks` lends its groups instead and saves the allocation.
pub fn batches<I: Iterator>(mut items: I, size: usize) -> impl Iterator<Item = Vec<I::Item>> {
    assert!(size > 0, "a batch needs at least one item");
    iter::from_fn(move || Some(items.by_ref().take(size).collect_vec()))
        .take_while(|batch| !batch.is_empty())
}

/// Every three neighbours.
///
/// An array has its size in its type and no allocation; a window whose size
/// is known only at run time would be a `VecDeque`.
pub fn windows<T: Clone>(items: impl Iterator<Item = T>) -> impl Iterator<Item = [T; 3]> {
    items.array_windows()
}

/// The first `n` positive numbers that both 7 and 11 divide.
///
/// 7 and 11 share no factor, so these are the multiples of 77; to filter every
/// number would be 77 times the work.
pub fn first_multiples(n: usize) -> impl Iterator<Item = u64> {
    (1..).map(|factor| 77 * factor).take(n)
}
