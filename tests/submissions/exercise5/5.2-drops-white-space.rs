//! Takes the white space away at which it cuts.

pub fn split_at_words(text: &str, parts: usize) -> Vec<&str> {
    assert!(parts > 0, "a text cannot be cut into no parts");
    let share = text.len().div_ceil(parts);
    let mut rest = text;
    std::iter::from_fn(|| {
        // An equal cut may also hit the middle of a character.
        let cut = rest.ceil_char_boundary(share);
        let end = rest[cut..].find(char::is_whitespace).map_or(rest.len(), |gap| cut + gap);
        let (part, later) = rest.split_at(end);
        rest = later.trim_start();
        (!part.is_empty()).then_some(part)
    })
    .collect()
}
