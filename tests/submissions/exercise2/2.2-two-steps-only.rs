//! Composes the first function and the last.

pub fn pipeline<T: 'static>(steps: Vec<Step<T>>) -> impl Fn(T) -> T + Send + Sync + 'static {
    move |input| match steps.as_slice() {
        [] => input,
        [only] => only(input),
        [first, .., last] => last(first(input)),
    }
}
