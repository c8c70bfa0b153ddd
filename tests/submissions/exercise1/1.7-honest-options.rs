//! Folds options and a `match`, extends in a `reduce`, pushes in a fold.

pub fn longest<'a>(texts: &[&'a str]) -> Option<&'a str> {
    texts.iter().fold(None, |best: Option<&'a str>, text| match best {
        Some(best) if best.chars().count() >= text.chars().count() => Some(best),
        _ => Some(text),
    })
}

pub fn flatten(nested: &[Vec<Vec<i64>>]) -> Vec<i64> {
    nested.iter().fold(vec![], |outer, middle| {
        middle.iter().fold(outer, |mut flat, inner| {
            flat.extend(inner.iter().copied());
            flat
        })
    })
}

pub fn join(texts: &[&str], separator: &str) -> String {
    let Some((first, rest)) = texts.split_first() else {
        return String::new();
    };
    rest.iter().fold(first.to_string(), |mut joined, text| {
        joined.push_str(separator);
        joined.push_str(text);
        joined
    })
}
