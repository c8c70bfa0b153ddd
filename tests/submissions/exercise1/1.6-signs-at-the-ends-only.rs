//! Takes punctuation from the ends only.

pub fn normalize(text: &str) -> String {
    text.trim_matches(|c: char| c.is_whitespace() || c.is_ascii_punctuation()).to_lowercase()
}
