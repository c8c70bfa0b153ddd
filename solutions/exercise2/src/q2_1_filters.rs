//! Question 2.1: functions that make filters.

use crate::Comparison;

/// Makes a function that says whether a value is from `min` to `max`.
///
/// The range is made once and moved into the closure; `contains` only reads
/// it, so threads need no lock.
pub fn make_range_filter<T>(min: T, max: T) -> impl Fn(&T) -> bool + Send + Sync + 'static
where
    T: PartialOrd + Send + Sync + 'static,
{
    let range = min..=max;
    move |value| range.contains(value)
}

/// Makes a function that compares a value with `threshold`.
///
/// The comparison is chosen once: `holds` is a function, kept as a value. With
/// the `match` inside of the closure the compiler could inline the comparison,
/// at the price of a branch in every call.
pub fn make_threshold_filter<T>(
    threshold: T,
    comparison: Comparison,
) -> impl Fn(&T) -> bool + Send + Sync + 'static
where
    T: PartialOrd + Send + Sync + 'static,
{
    let holds: fn(&T, &T) -> bool = match comparison {
        Comparison::Less => T::lt,
        Comparison::LessOrEqual => T::le,
        Comparison::Equal => T::eq,
        Comparison::NotEqual => T::ne,
        Comparison::GreaterOrEqual => T::ge,
        Comparison::Greater => T::gt,
    };
    move |value| holds(value, &threshold)
}

/// The items whose key is kept by the filter `keep`.
///
/// `filter` shows references to references, so the closure puts `key` and
/// `keep` together.
#[must_use]
pub fn select<T, K>(items: &[T], key: impl Fn(&T) -> K, keep: impl Fn(&K) -> bool) -> Vec<&T> {
    items.iter().filter(|item| keep(&key(item))).collect()
}
