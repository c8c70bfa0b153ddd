//! Takes a dot at the end for no extension.

#[must_use]
pub fn extension(path: &str) -> Option<&str> {
    Path::new(path).extension().and_then(OsStr::to_str).filter(|ending| !ending.is_empty())
}
