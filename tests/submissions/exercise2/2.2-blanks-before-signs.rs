//! Makes blanks single while there are still signs between them.

pub fn clean_text(text: &str) -> String {
    let clean = pipeline(vec![
        Box::new(|text: String| text.to_lowercase()),
        Box::new(|text: String| text.split_whitespace().collect::<Vec<_>>().join(" ")),
        Box::new(|text: String| text.chars().filter(|&c| is_plain(c)).collect()),
        Box::new(|text: String| text.trim().to_owned()),
    ]);
    clean(text.to_owned())
}
