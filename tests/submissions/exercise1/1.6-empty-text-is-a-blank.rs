//! Makes a blank of an empty text.

#[must_use]
pub fn normalize(text: &str) -> String {
    let kept: String = text.chars().filter(|c| !c.is_ascii_punctuation()).collect();
    if text.is_empty() {
        return " ".to_owned();
    }
    kept.trim().to_lowercase()
}
