//! Reduces the steps to one closure, and cleans in two steps.

fn chained<T: 'static>(mut steps: std::vec::IntoIter<Step<T>>) -> Step<T> {
    match steps.next() {
        None => Box::new(|value| value),
        Some(step) => {
            let rest = chained(steps);
            Box::new(move |value| rest(step(value)))
        }
    }
}

pub fn pipeline<T: 'static>(steps: Vec<Step<T>>) -> impl Fn(T) -> T + Send + Sync + 'static {
    chained(steps.into_iter())
}

fn words(text: String) -> String {
    text.split_whitespace()
        .map(str::to_owned)
        .reduce(|all, word| all + " " + &word)
        .unwrap_or_default()
}

fn letters(mut text: String) -> String {
    text.retain(|c| c.is_whitespace() || c.is_alphanumeric());
    text
}

pub fn clean_text(text: &str) -> String {
    pipeline::<String>(vec![Box::new(|text| letters(text.to_lowercase())), Box::new(words)])(
        text.into(),
    )
}
