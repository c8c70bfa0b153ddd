//! Says that two values are unequal when one is less than the other, which NaN never is.

pub fn make_threshold_filter<T>(
    threshold: T,
    comparison: Comparison,
) -> impl Fn(&T) -> bool + Send + Sync + 'static
where
    T: PartialOrd + Send + Sync + 'static,
{
    move |value| match comparison {
        Comparison::Less => *value < threshold,
        Comparison::LessOrEqual => *value <= threshold,
        Comparison::Equal => *value == threshold,
        Comparison::NotEqual => *value < threshold || *value > threshold,
        Comparison::GreaterOrEqual => *value >= threshold,
        Comparison::Greater => *value > threshold,
    }
}
