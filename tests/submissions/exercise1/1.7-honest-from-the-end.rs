//! Folds from the end, and with `Ordering`.

pub fn longest<'a>(texts: &[&'a str]) -> Option<&'a str> {
    let by_length = |left: &&str, right: &&str| left.chars().count().cmp(&right.chars().count());
    texts.iter().rev().copied().reduce(|best, text| {
        if by_length(&text, &best) == std::cmp::Ordering::Less { best } else { text }
    })
}

pub fn flatten(nested: &[Vec<Vec<i64>>]) -> Vec<i64> {
    let backwards = nested.iter().flatten().flatten().rfold(Vec::new(), |mut flat, number| {
        flat.push(*number);
        flat
    });
    backwards.into_iter().rev().collect()
}

pub fn join(texts: &[&str], separator: &str) -> String {
    texts
        .iter()
        .rev()
        .fold(None, |joined: Option<String>, text| {
            Some(match joined {
                None => (*text).into(),
                Some(joined) => [text, separator, &joined].concat(),
            })
        })
        .unwrap_or_default()
}
