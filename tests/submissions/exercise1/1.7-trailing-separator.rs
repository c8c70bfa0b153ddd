//! Writes a separator behind every text.

pub fn join(texts: &[&str], separator: &str) -> String {
    texts.iter().fold(String::new(), |joined, text| joined + text + separator)
}
