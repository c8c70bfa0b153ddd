//! Makes a blank of the empty text.

#[must_use]
pub fn clean_text(text: &str) -> String {
    let clean = pipeline(vec![
        Box::new(|text: String| text.to_lowercase()),
        Box::new(|text: String| text.chars().filter(|&c| is_plain(c)).collect()),
        Box::new(|text: String| text.split_whitespace().collect::<Vec<_>>().join(" ")),
    ]);
    if text.is_empty() {
        return " ".to_owned();
    }
    clean(text.to_owned())
}
