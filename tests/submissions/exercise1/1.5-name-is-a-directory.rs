//! Counts the name as a directory, too.

#[must_use]
pub fn depth(path: &str) -> usize {
    let is_name = |component: &Component<'_>| matches!(component, Component::Normal(_));
    Path::new(path).components().filter(is_name).count()
}
