//! Counts slashes instead of directories.

pub fn depth(path: &str) -> usize {
    path.matches('/').count()
}
