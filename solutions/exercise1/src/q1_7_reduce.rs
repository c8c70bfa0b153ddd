//! Question 1.7: many values reduced to one.

/// The longest of `texts`.
///
/// `max_by_key` would give the last of equals. The best one so far is measured
/// again at every step; a pair of text and length would avoid that.
#[must_use]
pub fn longest<'a>(texts: &[&'a str]) -> Option<&'a str> {
    let length = |text: &str| text.chars().count();
    texts.iter().copied().reduce(|best, text| if length(text) > length(best) { text } else { best })
}

/// The numbers of a list of lists of lists in one flat list.
///
/// The list grows in place, so every number is copied once; `reduce` over
/// `[left, right].concat()` would copy the first number at every step.
/// Outside of an exercise on `fold`: `nested.iter().flatten().flatten()`.
#[must_use]
pub fn flatten(nested: &[Vec<Vec<i64>>]) -> Vec<i64> {
    nested.iter().flatten().fold(Vec::new(), |mut flat, numbers| {
        flat.extend_from_slice(numbers);
        flat
    })
}

/// All `texts` in one, with `separator` between neighbours.
///
/// `reduce` begins with the first text, so there is no special case for its
/// separator. Outside of an exercise on `reduce`: `texts.join(separator)`.
#[must_use]
pub fn join(texts: &[&str], separator: &str) -> String {
    texts
        .iter()
        .map(|&text| text.to_owned())
        .reduce(|joined, text| joined + separator + &text)
        .unwrap_or_default()
}
