//! Leaves a blank behind the last word.

#[must_use]
pub fn clean_text(text: &str) -> String {
    let clean = pipeline(vec![
        Box::new(|text: String| text.to_lowercase()),
        Box::new(|text: String| text.chars().filter(|&c| is_plain(c)).collect()),
        Box::new(|text: String| {
            text.split_whitespace().map(|word| word.to_owned() + " ").collect()
        }),
    ]);
    clean(text.to_owned())
}
