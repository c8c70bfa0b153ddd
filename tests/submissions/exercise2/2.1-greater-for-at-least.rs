//! Leaves the threshold itself out of `at least` and `at most`.

pub fn make_threshold_filter<T>(
    threshold: T,
    comparison: Comparison,
) -> impl Fn(&T) -> bool + Send + Sync + 'static
where
    T: PartialOrd + Send + Sync + 'static,
{
    move |value| match comparison {
        Comparison::Less => *value < threshold,
        Comparison::LessOrEqual => *value < threshold,
        Comparison::Equal => *value == threshold,
        Comparison::NotEqual => *value != threshold,
        Comparison::GreaterOrEqual => *value > threshold,
        Comparison::Greater => *value > threshold,
    }
}
