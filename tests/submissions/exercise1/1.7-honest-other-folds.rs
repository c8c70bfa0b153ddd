//! Folds over pairs, concatenates with reduce, joins with numbered texts.

pub fn longest<'a>(texts: &[&'a str]) -> Option<&'a str> {
    texts
        .iter()
        .map(|&text| (text.chars().count(), text))
        .reduce(|best, next| if best.0 < next.0 { next } else { best })
        .map(|(_, text)| text)
}

pub fn flatten(nested: &[Vec<Vec<i64>>]) -> Vec<i64> {
    let concat = |left: Vec<i64>, right: Vec<i64>| [left, right].concat();
    nested
        .iter()
        .map(|middle| middle.iter().cloned().reduce(concat).unwrap_or_default())
        .reduce(concat)
        .unwrap_or_default()
}

pub fn join(texts: &[&str], separator: &str) -> String {
    texts.iter().enumerate().fold(String::new(), |joined, (at, text)| {
        if at == 0 { (*text).to_owned() } else { format!("{joined}{separator}{text}") }
    })
}
