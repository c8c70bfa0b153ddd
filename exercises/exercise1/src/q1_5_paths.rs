//! Question 1.5: extension, stem and depth of file paths.
//!
//! Paths are written with `/`. Repeated slashes count as one, a slash at the
//! end changes nothing, and no part of a path is `.` or `..`. The name is the
//! last part: `c.txt` in `a/b/c.txt`.

/// The extension of the name: what stands behind its last dot.
///
/// There is none without a dot, nor when the only dot begins the name, as in
/// `.bashrc`. A name that ends with its dot has an empty extension. The empty
/// path has no extension.
///
/// # Examples
/// ```
/// use exercise1::extension;
/// assert_eq!(extension("backup/archive.tar.gz"), Some("gz"));
/// assert_eq!(extension("home/.bashrc"), None);
/// ```
///
/// # Graded
/// `1.5/extension`
#[must_use]
pub fn extension(path: &str) -> Option<&str> {
    // TODO: give what stands behind the last dot of the name.
    todo!("1.5: find the extension of {path:?}")
}

/// The name without its extension and without the dot before it.
///
/// A name without an extension is its own stem. The empty path has the empty
/// stem.
///
/// # Examples
/// ```
/// use exercise1::stem;
/// assert_eq!(stem("backup/archive.tar.gz"), "archive.tar");
/// assert_eq!(stem("home/.bashrc"), ".bashrc");
/// ```
///
/// # Graded
/// `1.5/stem`
#[must_use]
pub fn stem(path: &str) -> &str {
    // TODO: give the name without its extension.
    todo!("1.5: find the stem of {path:?}")
}

/// How many directories lead to the name.
///
/// A file without a directory has depth 0. The root counts for nothing: the
/// depth of `/etc/hosts` is 1. The empty path has depth 0.
///
/// # Examples
/// ```
/// use exercise1::depth;
/// assert_eq!(depth("data/src/file_0.txt"), 2);
/// ```
///
/// # Graded
/// `1.5/depth`
#[must_use]
pub fn depth(path: &str) -> usize {
    // TODO: count the directories before the name.
    todo!("1.5: count the directories of {path:?}")
}

/// The [`extension`] of every path, with `map`.
///
/// One result for every path, in their order, here and in the two functions
/// below. The results borrow from the paths: nothing is copied.
///
/// # Examples
/// ```
/// use exercise1::extensions;
/// assert_eq!(extensions(&["a/b.txt", "c"]), [Some("txt"), None]);
/// ```
///
/// # Graded
/// `1.5/all`, `1.5/form`
#[must_use]
pub fn extensions<'a>(paths: &[&'a str]) -> Vec<Option<&'a str>> {
    // TODO: find the extension of every path.
    todo!("1.5: find the extensions of {} paths", paths.len())
}

/// The [`stem`] of every path, with `map`.
///
/// # Examples
/// ```
/// use exercise1::stems;
/// assert_eq!(stems(&["a/b.txt", "c"]), ["b", "c"]);
/// ```
///
/// # Graded
/// `1.5/all`, `1.5/form`
#[must_use]
pub fn stems<'a>(paths: &[&'a str]) -> Vec<&'a str> {
    // TODO: find the stem of every path.
    todo!("1.5: find the stems of {} paths", paths.len())
}

/// The [`depth`] of every path, with `map`.
///
/// # Examples
/// ```
/// use exercise1::depths;
/// assert_eq!(depths(&["a/b.txt", "c"]), [1, 0]);
/// ```
///
/// # Graded
/// `1.5/all`, `1.5/form`
#[must_use]
pub fn depths(paths: &[&str]) -> Vec<usize> {
    // TODO: count the directories of every path.
    todo!("1.5: count the directories of {} paths", paths.len())
}
