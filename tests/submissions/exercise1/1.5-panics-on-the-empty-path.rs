//! Wants every path to have a name.

#[must_use]
pub fn extension(path: &str) -> Option<&str> {
    Path::new(path).file_name().expect("a name");
    Path::new(path).extension().and_then(OsStr::to_str)
}

#[must_use]
pub fn stem(path: &str) -> &str {
    Path::new(path).file_name().expect("a name");
    Path::new(path).file_stem().and_then(OsStr::to_str).unwrap_or_default()
}

#[must_use]
pub fn depth(path: &str) -> usize {
    Path::new(path).file_name().expect("a name");
    let is_name = |component: &Component<'_>| matches!(component, Component::Normal(_));
    Path::new(path).components().filter(is_name).count().saturating_sub(1)
}
