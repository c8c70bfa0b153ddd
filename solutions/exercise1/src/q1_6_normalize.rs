//! Question 1.6: texts in one normal form.

/// `text` in lower case, without punctuation, without white space around it.
///
/// The signs go first, so that the space before a last `!` is at the end when
/// `trim` looks. Two strings are made; going through the characters once would
/// save one and lose the lower case of whole words, such as a Greek final ς.
#[must_use]
pub fn normalize(text: &str) -> String {
    let kept: String = text.chars().filter(|c| !c.is_ascii_punctuation()).collect();
    kept.trim().to_lowercase()
}

/// The normal form of every text.
#[must_use]
pub fn normalize_all(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| normalize(text)).collect()
}
