//! Trims first, so that a blank before a last sign stays at the end.

pub fn clean_text(text: &str) -> String {
    let clean = pipeline(vec![
        Box::new(|text: String| text.trim().to_owned()),
        Box::new(|text: String| text.to_lowercase()),
        Box::new(|text: String| text.chars().filter(|&c| is_plain(c)).collect()),
        Box::new(|text: String| single(&text)),
    ]);
    clean(text.to_owned())
}

fn single(text: &str) -> String {
    text.chars().fold(String::new(), |text, c| match c {
        _ if !c.is_whitespace() => text + &c.to_string(),
        _ if text.ends_with(' ') => text,
        _ => text + " ",
    })
}
