//! Makes characters small one by one, and loops over them.

pub fn normalize(text: &str) -> String {
    let mut normal = String::new();
    for c in text.chars() {
        if !c.is_ascii_punctuation() {
            normal.extend(c.to_lowercase());
        }
    }
    normal.trim_start().trim_end().to_string()
}
