//! Question 1.5: extension, stem and depth of file paths.

use std::ffi::OsStr;
use std::path::{Component, Path};

/// The extension of the name: what stands behind its last dot.
///
/// `std::path` knows hidden files and slashes. The way back to `str` cannot
/// fail, as a part of a `str` that ends at a dot or a slash is UTF-8 too.
#[must_use]
pub fn extension(path: &str) -> Option<&str> {
    Path::new(path).extension().and_then(OsStr::to_str)
}

/// The name without its extension and without the dot before it.
#[must_use]
pub fn stem(path: &str) -> &str {
    Path::new(path).file_stem().and_then(OsStr::to_str).unwrap_or_default()
}

/// How many directories lead to the name.
///
/// Only normal components count, so the root does not.
#[must_use]
pub fn depth(path: &str) -> usize {
    let is_name = |component: &Component<'_>| matches!(component, Component::Normal(_));
    Path::new(path).components().filter(is_name).count().saturating_sub(1)
}

/// The [`extension`] of every path.
#[must_use]
pub fn extensions<'a>(paths: &[&'a str]) -> Vec<Option<&'a str>> {
    paths.iter().map(|path| extension(path)).collect()
}

/// The [`stem`] of every path.
#[must_use]
pub fn stems<'a>(paths: &[&'a str]) -> Vec<&'a str> {
    paths.iter().map(|path| stem(path)).collect()
}

/// The [`depth`] of every path.
#[must_use]
pub fn depths(paths: &[&str]) -> Vec<usize> {
    paths.iter().map(|path| depth(path)).collect()
}
