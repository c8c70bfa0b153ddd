//! Has the threshold on the left of the comparison.

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
    move |value| holds(&threshold, value)
}
