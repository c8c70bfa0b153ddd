//! Takes a range without its upper end.

pub fn make_range_filter<T>(min: T, max: T) -> impl Fn(&T) -> bool + Send + Sync + 'static
where
    T: PartialOrd + Send + Sync + 'static,
{
    let range = min..max;
    move |value| range.contains(value)
}
