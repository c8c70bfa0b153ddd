//! Puts the ends of the range behind a lock and holds it while comparing.

use std::sync::Mutex;

pub fn make_range_filter<T>(min: T, max: T) -> impl Fn(&T) -> bool + Send + Sync + 'static
where
    T: PartialOrd + Send + Sync + 'static,
{
    let range = Mutex::new(min..=max);
    move |value| range.lock().is_ok_and(|range| range.contains(value))
}
