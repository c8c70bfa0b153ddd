//! Puts the ends in order before it makes the filter.

pub fn make_range_filter<T>(min: T, max: T) -> impl Fn(&T) -> bool + Send + Sync + 'static
where
    T: PartialOrd + Send + Sync + 'static,
{
    let range = if min <= max { min..=max } else { max..=min };
    move |value| range.contains(value)
}
