//! Question 2.1: functions that make filters.

use crate::Comparison;

/// Makes a filter: a function that says whether a value is from `min` to `max`.
///
/// Both ends are inside. Where `min` is above `max` nothing is inside. A value
/// that cannot be compared, such as the float NaN, is in no range.
///
/// The filter owns its ends. So it may be called as often as you like, moved
/// to another thread, or called by several threads at the same time, which
/// need not wait for each other; and no other filter changes it.
///
/// # Examples
/// ```
/// use exercise2::make_range_filter;
/// let is_teen = make_range_filter(13, 19);
/// assert!(is_teen(&13) && is_teen(&19) && !is_teen(&20));
/// ```
///
/// # Graded
/// `2.1/range`, `2.1/independent`, `2.1/threads`, `2.1/select`
pub fn make_range_filter<T>(min: T, max: T) -> impl Fn(&T) -> bool + Send + Sync + 'static
where
    T: PartialOrd + Send + Sync + 'static,
{
    // TODO: make a closure that knows both ends of the range.
    move |_| {
        let _ = (&min, &max);
        todo!("2.1: say whether a value is in the range of this filter")
    }
}

/// Makes a filter: a function that compares a value with `threshold`.
///
/// The value stands on the left: the filter for [`Comparison::Less`] and 10
/// says whether `value < 10`. Two values that cannot be compared are not
/// equal, and none of the other four comparisons holds.
///
/// The filter owns its threshold; for calls and threads it is as in
/// [`make_range_filter`].
///
/// # Examples
/// ```
/// use exercise2::{Comparison, make_threshold_filter};
/// let is_frost = make_threshold_filter(0, Comparison::Less);
/// assert!(is_frost(&-1) && !is_frost(&0));
/// ```
///
/// # Graded
/// `2.1/threshold`, `2.1/independent`, `2.1/threads`, `2.1/select`
pub fn make_threshold_filter<T>(
    threshold: T,
    comparison: Comparison,
) -> impl Fn(&T) -> bool + Send + Sync + 'static
where
    T: PartialOrd + Send + Sync + 'static,
{
    // TODO: make a closure that knows the threshold and the comparison.
    move |_| {
        let _ = &threshold;
        todo!("2.1: compare a value with the threshold of this filter ({comparison:?})")
    }
}

/// The items whose key is kept by the filter `keep`, with `filter`.
///
/// `key` says which part of an item is looked at, such as the age of a person;
/// `keep` is a filter for such parts. The result keeps the order of `items`
/// and borrows from them: nothing is cloned. No items, no result.
///
/// # Examples
/// ```
/// use exercise2::select;
/// let people = [("Ada", 36), ("Bo", 17)];
/// assert_eq!(select(&people, |person| person.1, |age| *age < 18), [&people[1]]);
/// ```
///
/// # Graded
/// `2.1/select`, `2.1/form`
#[must_use]
pub fn select<T, K>(items: &[T], key: impl Fn(&T) -> K, keep: impl Fn(&K) -> bool) -> Vec<&T> {
    // TODO: keep the items whose key passes the filter.
    let _ = (key, keep);
    todo!("2.1: keep some of {} items", items.len())
}
