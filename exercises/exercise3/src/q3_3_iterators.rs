//! Question 3.3: pairs, batches, windows and multiples, all of them lazy.

/// Every pair of an item of `left` and an item of `right`.
///
/// `left` moves slowest: all pairs with its first item come first. Where one
/// side is empty there are no pairs.
///
/// Lazy: no list of pairs or of items is made. Either side may be endless;
/// `right` is run through again, from a clone, for each item of `left`.
///
/// # Examples
/// ```
/// use exercise3::all_pairs;
/// let pairs: Vec<_> = all_pairs(1..=2, ["a", "b"].into_iter()).collect();
/// assert_eq!(pairs, [(1, "a"), (1, "b"), (2, "a"), (2, "b")]);
/// ```
///
/// # Graded
/// `3.3/pairs`, `3.3/pairs-lazy`
pub fn all_pairs<A: Clone, B>(
    left: impl Iterator<Item = A>,
    right: impl Iterator<Item = B> + Clone,
) -> impl Iterator<Item = (A, B)> {
    // TODO: pair each item of `left` with each of `right`.
    std::iter::from_fn(move || -> Option<(A, B)> {
        let (left, right) = (left.size_hint().0, right.size_hint().0);
        todo!("3.3: pair {left} or more items with {right} or more")
    })
}

/// The items in batches of `size`, in order.
///
/// The last batch is shorter where the items do not go up evenly, and is never
/// empty. No items, no batches. `size` may be larger than all there is.
///
/// Lazy: pulls the items of one batch and yields it; works on endless iterators.
///
/// # Panics
/// When `size` is 0: a batch without items would lose them all.
///
/// # Examples
/// ```
/// use exercise3::batches;
/// let sizes: Vec<_> = batches(0..250, 100).map(|batch| batch.len()).collect();
/// assert_eq!(sizes, [100, 100, 50]);
/// ```
///
/// # Graded
/// `3.3/batches`, `3.3/batches-lazy`
pub fn batches<I: Iterator>(items: I, size: usize) -> impl Iterator<Item = Vec<I::Item>> {
    // TODO: gather the items, `size` at a time.
    std::iter::from_fn(move || -> Option<Vec<I::Item>> {
        todo!("3.3: gather {} or more items in batches of {size}", items.size_hint().0)
    })
}

/// Every three neighbours: a window of size 3 that moves on by one item.
///
/// In order; fewer than three items have no window.
///
/// Lazy: the first window pulls three items and each further one a single
/// item. Only the items of the window are kept, so it works on endless iterators.
///
/// # Examples
/// ```
/// use exercise3::windows;
/// let all: Vec<_> = windows(1..=5).collect();
/// assert_eq!(all, [[1, 2, 3], [2, 3, 4], [3, 4, 5]]);
/// ```
///
/// # Graded
/// `3.3/windows`, `3.3/windows-lazy`
pub fn windows<T: Clone>(items: impl Iterator<Item = T>) -> impl Iterator<Item = [T; 3]> {
    // TODO: show every three neighbours.
    std::iter::from_fn(move || -> Option<[T; 3]> {
        todo!("3.3: show three neighbours of {} or more items", items.size_hint().0)
    })
}

/// The first `n` positive numbers that both 7 and 11 divide, from 77 on.
///
/// 0 is divisible by everything and says nothing, so the count begins above it.
///
/// Lazy: a number is worked out when it is asked for, so that `n` may be as
/// large as `usize::MAX`.
///
/// # Examples
/// ```
/// use exercise3::first_multiples;
/// assert_eq!(first_multiples(3).collect::<Vec<_>>(), [77, 154, 231]);
/// ```
///
/// # Graded
/// `3.3/multiples`
pub fn first_multiples(n: usize) -> impl Iterator<Item = u64> {
    // TODO: yield the first n numbers that both 7 and 11 divide.
    std::iter::from_fn(move || -> Option<u64> {
        todo!("3.3: find the first {n} numbers that both 7 and 11 divide")
    })
}
