//! Replaces each two blanks by one, so that of five three are left.

pub fn clean_text(text: &str) -> String {
    let clean = pipeline(vec![
        Box::new(|text: String| text.to_lowercase()),
        Box::new(|text: String| text.chars().filter(|&c| is_plain(c)).collect()),
        Box::new(|text: String| text.trim().replace("  ", " ")),
    ]);
    clean(text.to_owned())
}
