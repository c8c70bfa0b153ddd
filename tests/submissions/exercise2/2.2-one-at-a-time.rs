//! Holds a lock on the steps while they run.

use std::sync::Mutex;

pub fn pipeline<T: 'static>(steps: Vec<Step<T>>) -> impl Fn(T) -> T + Send + Sync + 'static {
    let steps = Mutex::new(steps);
    move |input| match steps.lock() {
        Ok(steps) => steps.iter().fold(input, |value, step| step(value)),
        Err(_) => input,
    }
}
