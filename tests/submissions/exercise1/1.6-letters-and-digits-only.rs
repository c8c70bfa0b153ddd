//! Throws away every sign, also beyond ASCII.

pub fn normalize(text: &str) -> String {
    let kept: String = text.chars().filter(|c| c.is_alphanumeric() || c.is_whitespace()).collect();
    kept.trim().to_lowercase()
}
