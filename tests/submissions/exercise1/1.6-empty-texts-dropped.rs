//! Leaves out the texts of which nothing remains.

pub fn normalize_all(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| normalize(text)).filter(|text| !text.is_empty()).collect()
}
