//! Keeps the thresholds in thread-local memory, which is empty on another thread.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

thread_local! {
    static THRESHOLDS: RefCell<Vec<Rc<dyn Any>>> = const { RefCell::new(Vec::new()) };
}

pub fn make_threshold_filter<T>(
    threshold: T,
    comparison: Comparison,
) -> impl Fn(&T) -> bool + Send + Sync + 'static
where
    T: PartialOrd + Send + Sync + 'static,
{
    let place = THRESHOLDS.with_borrow_mut(|thresholds| {
        thresholds.push(Rc::new(threshold));
        thresholds.len() - 1
    });
    move |value: &T| {
        let threshold = THRESHOLDS.with_borrow(|thresholds| Rc::clone(&thresholds[place]));
        threshold.downcast_ref::<T>().is_some_and(|threshold| match comparison {
            Comparison::Less => value < threshold,
            Comparison::LessOrEqual => value <= threshold,
            Comparison::Equal => value == threshold,
            Comparison::NotEqual => value != threshold,
            Comparison::GreaterOrEqual => value >= threshold,
            Comparison::Greater => value > threshold,
        })
    }
}
