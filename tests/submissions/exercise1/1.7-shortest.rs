//! Gives the shortest text.

#[must_use]
pub fn longest<'a>(texts: &[&'a str]) -> Option<&'a str> {
    let length = |text: &str| text.chars().count();
    texts.iter().copied().reduce(|best, text| if length(text) < length(best) { text } else { best })
}
