//! Shares its ends in an `Arc`, and matches inside of the closure.

use std::sync::Arc;

pub fn make_range_filter<T>(min: T, max: T) -> impl Fn(&T) -> bool + Send + Sync + 'static
where
    T: PartialOrd + Send + Sync + 'static,
{
    let ends = Arc::new((min, max));
    move |value: &T| {
        let (min, max) = &*ends;
        min <= value && value <= max
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
        Comparison::Equal => Box::new(move |value| value.eq(&threshold)),
        Comparison::NotEqual => Box::new(move |value| value.ne(&threshold)),
        Comparison::GreaterOrEqual => Box::new(move |value| *value >= threshold),
        Comparison::Greater => Box::new(move |value| *value > threshold),
    };
    filter
}

pub fn select<T, K>(items: &[T], key: impl Fn(&T) -> K, keep: impl Fn(&K) -> bool) -> Vec<&T> {
    items.iter().filter_map(|item| keep(&key(item)).then_some(item)).collect()
}
