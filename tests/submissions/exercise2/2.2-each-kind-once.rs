//! Runs a step only if the value is another one than before.

pub fn pipeline<T: 'static>(steps: Vec<Step<T>>) -> impl Fn(T) -> T + Send + Sync + 'static {
    move |input| steps.iter().take(3).fold(input, |value, step| step(value))
}
