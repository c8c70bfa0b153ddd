//! Question 2.2: functions put together to a pipeline.

use crate::Step;

/// Puts any number of functions together to one.
///
/// A fold over functions, with the value that walks through them. Each step
/// costs a call through a pointer, the price of a list of unlike closures.
pub fn pipeline<T: 'static>(steps: Vec<Step<T>>) -> impl Fn(T) -> T + Send + Sync + 'static {
    move |input| steps.iter().fold(input, |value, step| step(value))
}

/// `text` made clean, by a [`pipeline`].
///
/// White space comes last, when no sign is left that could hide some; to cut
/// at it and join with one blank also trims both ends. Every step makes a new
/// string, which is plain; one pass over the characters would make one.
#[must_use]
pub fn clean_text(text: &str) -> String {
    let clean = pipeline(vec![
        Box::new(|text: String| text.to_lowercase()),
        Box::new(|text: String| text.chars().filter(|&c| is_plain(c)).collect()),
        Box::new(|text: String| text.split_whitespace().collect::<Vec<_>>().join(" ")),
    ]);
    clean(text.to_owned())
}

fn is_plain(c: char) -> bool {
    c.is_alphanumeric() || c.is_whitespace()
}
