//! Cuts into equal lengths, wherever that is in a word.

pub fn split_at_words(text: &str, parts: usize) -> Vec<&str> {
    assert!(parts > 0, "a text cannot be cut into no parts");
    let share = text.len().div_ceil(parts);
    let mut rest = text;
    std::iter::from_fn(|| {
        let (part, later) = rest.split_at(rest.ceil_char_boundary(share));
        rest = later;
        (!part.is_empty()).then_some(part)
    })
    .collect()
}
