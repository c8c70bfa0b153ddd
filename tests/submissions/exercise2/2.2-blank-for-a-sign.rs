//! Replaces signs by blanks, which cuts words in two.

pub fn clean_text(text: &str) -> String {
    let clean = pipeline(vec![
        Box::new(|text: String| text.to_lowercase()),
        Box::new(|text: String| text.replace(|c: char| !is_plain(c), " ")),
        Box::new(|text: String| text.split_whitespace().collect::<Vec<_>>().join(" ")),
    ]);
    clean(text.to_owned())
}
