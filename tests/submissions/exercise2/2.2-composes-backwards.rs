//! Hands the value through the steps from the last to the first, as f(g(x)) is written.

pub fn pipeline<T: 'static>(steps: Vec<Step<T>>) -> impl Fn(T) -> T + Send + Sync + 'static {
    move |input| steps.iter().rfold(input, |value, step| step(value))
}
