//! Takes the steps out of their list when it runs them.

use std::sync::Mutex;

pub fn pipeline<T: 'static>(steps: Vec<Step<T>>) -> impl Fn(T) -> T + Send + Sync + 'static {
    let steps = Mutex::new(steps);
    move |input| {
        let steps = steps.lock().map(|mut steps| std::mem::take(&mut *steps)).unwrap_or_default();
        steps.iter().fold(input, |value, step| step(value))
    }
}
