//! Keeps one dot of those that begin a name.

pub fn stem(path: &str) -> &str {
    let stem = Path::new(path).file_stem().and_then(OsStr::to_str).unwrap_or_default();
    match stem.strip_prefix("..") {
        Some(rest) if !rest.is_empty() => &stem[1..],
        _ => stem,
    }
}
