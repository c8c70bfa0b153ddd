//! Cuts into one part where none was asked for.

pub fn split_at_words(text: &str, parts: usize) -> Vec<&str> {
    let parts = parts.max(1);
    let share = text.len().div_ceil(parts);
    let mut rest = text;
    std::iter::from_fn(|| {
        // An equal cut may also hit the middle of a character.
        let cut = rest.ceil_char_boundary(share);
        let end = rest[cut..].find(char::is_whitespace).map_or(rest.len(), |gap| cut + gap);
        let (part, later) = rest.split_at(end);
        rest = later;
        (!part.is_empty()).then_some(part)
    })
    .collect()
}
