//! Panics where there are no texts to join.

#[must_use]
pub fn join(texts: &[&str], separator: &str) -> String {
    texts
        .iter()
        .map(|&text| text.to_owned())
        .reduce(|joined, text| joined + separator + &text)
        .expect("a text")
}
