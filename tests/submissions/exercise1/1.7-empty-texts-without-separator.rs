//! Takes an empty beginning for no beginning.

pub fn join(texts: &[&str], separator: &str) -> String {
    texts.iter().fold(String::new(), |joined, text| {
        if joined.is_empty() { text.to_string() } else { joined + separator + text }
    })
}
