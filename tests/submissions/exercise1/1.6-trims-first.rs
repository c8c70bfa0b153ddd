//! Strips white space before the punctuation is gone.

pub fn normalize(text: &str) -> String {
    text.trim().to_lowercase().chars().filter(|c| !c.is_ascii_punctuation()).collect()
}
