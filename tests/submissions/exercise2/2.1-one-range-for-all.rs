//! Keeps the ends of the range in one place that all filters share.

use std::any::Any;
use std::sync::{Arc, PoisonError, RwLock};

static ENDS: RwLock<Option<Arc<dyn Any + Send + Sync>>> = RwLock::new(None);

pub fn make_range_filter<T>(min: T, max: T) -> impl Fn(&T) -> bool + Send + Sync + 'static
where
    T: PartialOrd + Send + Sync + 'static,
{
    *ENDS.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new((min, max)));
    |value| {
        let ends = ENDS.read().unwrap_or_else(PoisonError::into_inner).clone();
        let ends = ends.as_ref().and_then(|ends| ends.downcast_ref::<(T, T)>());
        ends.is_some_and(|(min, max)| min <= value && value <= max)
    }
}
