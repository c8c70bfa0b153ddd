//! Boxes one closure for each comparison, keeps the ends behind an `Arc`, and selects with filter_map.

use std::cmp::Ordering;
use std::sync::Arc;

pub fn make_range_filter<T>(min: T, max: T) -> impl Fn(&T) -> bool + Send + Sync + 'static
where
    T: PartialOrd + Send + Sync + 'static,
{
    let ends = Arc::new((min, max));
    move |value| {
        let (min, max) = &*ends;
        let above = matches!(value.partial_cmp(min), Some(Ordering::Greater | Ordering::Equal));
        above && matches!(value.partial_cmp(max), Some(Ordering::Less | Ordering::Equal))
    }
}

pub fn make_threshold_filter<T>(
    threshold: T,
    comparison: Comparison,
) -> impl Fn(&T) -> bool + Send + Sync + 'static
where
    T: PartialOrd + Send + Sync + 'static,
{
    let filter: Box<dyn Fn(&T) -> bool + Send + Sync> = match comparison {
        Comparison::Less => Box::new(move |value| *value < threshold),
        Comparison::LessOrEqual => Box::new(move |value| *value <= threshold),
        Comparison::Equal => Box::new(move |value| *value == threshold),
        Comparison::NotEqual => Box::new(move |value| !(*value == threshold)),
        Comparison::GreaterOrEqual => Box::new(move |value| threshold <= *value),
        Comparison::Greater => Box::new(move |value| threshold < *value),
    };
    filter
}

pub fn select<T, K>(items: &[T], key: impl Fn(&T) -> K, keep: impl Fn(&K) -> bool) -> Vec<&T> {
    items.iter().filter_map(|item| keep(&key(item)).then_some(item)).collect()
}
