//! Changes a string of its own with `retain`, and replaces sign by sign.

pub fn normalize(text: &str) -> String {
    let mut own = text.to_string();
    own.retain(|c| !matches!(c, '!'..='/' | ':'..='@' | '['..='`' | '{'..='~'));
    own = own.to_lowercase();
    let end = own.trim_end().len();
    own.truncate(end);
    let start = own.len() - own.trim_start().len();
    own.split_off(start)
}

pub fn normalize_all(texts: &[&str]) -> Vec<String> {
    let mut all = Vec::with_capacity(texts.len());
    all.extend(texts.iter().map(|text| normalize(text)));
    all
}
