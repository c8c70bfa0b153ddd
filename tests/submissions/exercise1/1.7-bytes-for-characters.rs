//! Measures texts in bytes.

pub fn longest<'a>(texts: &[&'a str]) -> Option<&'a str> {
    texts.iter().copied().reduce(|best, text| if text.len() > best.len() { text } else { best })
}
