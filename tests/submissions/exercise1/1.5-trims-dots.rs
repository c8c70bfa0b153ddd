//! Takes all dots before the extension away.

pub fn stem(path: &str) -> &str {
    let stem = Path::new(path).file_stem().and_then(OsStr::to_str).unwrap_or_default();
    if stem.contains(|c| c != '.') { stem.trim_end_matches('.') } else { stem }
}
