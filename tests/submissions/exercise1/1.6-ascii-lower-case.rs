//! Makes only ASCII letters small.

pub fn normalize(text: &str) -> String {
    let kept: String = text.chars().filter(|c| !c.is_ascii_punctuation()).collect();
    kept.trim().to_ascii_lowercase()
}
