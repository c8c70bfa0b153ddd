//! Leaves capital letters beyond ASCII as they are.

pub fn clean_text(text: &str) -> String {
    let clean = pipeline(vec![
        Box::new(|text: String| text.to_ascii_lowercase()),
        Box::new(|text: String| text.chars().filter(|&c| is_plain(c)).collect()),
        Box::new(|text: String| text.split_whitespace().collect::<Vec<_>>().join(" ")),
    ]);
    clean(text.to_owned())
}
