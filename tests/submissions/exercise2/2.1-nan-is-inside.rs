//! Keeps what is neither below nor above the range.

pub fn make_range_filter<T>(min: T, max: T) -> impl Fn(&T) -> bool + Send + Sync + 'static
where
    T: PartialOrd + Send + Sync + 'static,
{
    move |value| !(*value < min || *value > max)
}
