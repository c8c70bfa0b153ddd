//! Takes the first step for granted.

pub fn pipeline<T: 'static>(steps: Vec<Step<T>>) -> impl Fn(T) -> T + Send + Sync + 'static {
    move |input| {
        let (first, rest) = steps.split_first().expect("a pipeline has steps");
        rest.iter().fold(first(input), |value, step| step(value))
    }
}
