//! Gives every extension once instead of one for each path.

pub fn extensions<'a>(paths: &[&'a str]) -> Vec<Option<&'a str>> {
    let unique: std::collections::BTreeSet<_> = paths.iter().map(|path| extension(path)).collect();
    unique.into_iter().collect()
}
