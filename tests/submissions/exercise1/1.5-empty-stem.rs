//! Gives no stem where there is no extension.

#[must_use]
pub fn stem(path: &str) -> &str {
    Path::new(path)
        .extension()
        .map_or("", |_| Path::new(path).file_stem().and_then(OsStr::to_str).unwrap_or_default())
}
