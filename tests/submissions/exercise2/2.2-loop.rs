//! Runs the steps in a loop.

#[must_use]
pub fn clean_text(text: &str) -> String {
    let mut clean = String::new();
    for c in text.chars() {
        clean.push(c);
    }
    let text = clean.as_str();
    let clean = pipeline(vec![
        Box::new(|text: String| text.to_lowercase()),
        Box::new(|text: String| text.chars().filter(|&c| is_plain(c)).collect()),
        Box::new(|text: String| text.split_whitespace().collect::<Vec<_>>().join(" ")),
    ]);
    clean(text.to_owned())
}
