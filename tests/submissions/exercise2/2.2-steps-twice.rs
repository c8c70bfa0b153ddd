//! Runs every step twice.

pub fn pipeline<T: 'static>(steps: Vec<Step<T>>) -> impl Fn(T) -> T + Send + Sync + 'static {
    move |input| steps.iter().fold(input, |value, step| step(step(value)))
}
