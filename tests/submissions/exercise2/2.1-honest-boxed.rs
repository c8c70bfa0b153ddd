//! Chooses between boxed closures by `partial_cmp`, and selects pairs.

use std::cmp::Ordering;

pub fn make_range_filter<T>(min: T, max: T) -> impl Fn(&T) -> bool + Send + Sync + 'static
where
    T: PartialOrd + Send + Sync + 'static,
{
    move |value| {
        !(value < &min)
            && value <= &max
            && matches!(value.partial_cmp(&min), Some(Ordering::Greater | Ordering::Equal))
    }
}

pub fn make_threshold_filter<T>(
    threshold: T,
    comparison: Comparison,
) -> impl Fn(&T) -> bool + Send + Sync + 'static
where
    T: PartialOrd + Send + Sync + 'static,
{
    move |value| {
        let order = value.partial_cmp(&threshold);
        match comparison {
            Comparison::Less => order == Some(Ordering::Less),
            Comparison::LessOrEqual => order.is_some_and(Ordering::is_le),
            Comparison::Equal => *value == threshold,
            Comparison::NotEqual => *value != threshold,
            Comparison::GreaterOrEqual => order.is_some_and(Ordering::is_ge),
            Comparison::Greater => order == Some(Ordering::Greater),
        }
    }
}

pub fn select<T, K>(items: &[T], key: impl Fn(&T) -> K, keep: impl Fn(&K) -> bool) -> Vec<&T> {
    items
        .iter()
        .map(|item| (key(item), item))
        .filter(|(key, _)| keep(key))
        .map(|(_, item)| item)
        .collect()
}
