//! Takes only the white space of ASCII away.

#[must_use]
pub fn normalize(text: &str) -> String {
    let kept: String = text.chars().filter(|c| !c.is_ascii_punctuation()).collect();
    kept.trim_ascii().to_lowercase()
}
