//! Splits at the signs and joins what is left.

pub fn normalize(text: &str) -> String {
    let pieces: Vec<&str> = text.split(|c: char| c.is_ascii_punctuation()).collect();
    String::from(pieces.concat().to_lowercase().trim())
}

pub fn normalize_all(texts: &[&str]) -> Vec<String> {
    texts.iter().copied().map(normalize).collect()
}
