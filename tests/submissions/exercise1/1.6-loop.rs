//! Loops and pushes where a map is asked for.

pub fn normalize_all(texts: &[&str]) -> Vec<String> {
    let mut normal = Vec::new();
    for text in texts {
        normal.push(normalize(text));
    }
    normal
}
