//! Puts a blank where a sign was.

#[must_use]
pub fn normalize(text: &str) -> String {
    let kept: String =
        text.chars().map(|c| if c.is_ascii_punctuation() { ' ' } else { c }).collect();
    kept.trim().to_lowercase()
}
