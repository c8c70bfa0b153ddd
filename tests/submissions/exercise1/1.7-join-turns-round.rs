//! Joins the texts from the last to the first.

#[must_use]
pub fn join(texts: &[&str], separator: &str) -> String {
    texts
        .iter()
        .map(|&text| text.to_owned())
        .reduce(|joined, text| text + separator + &joined)
        .unwrap_or_default()
}
