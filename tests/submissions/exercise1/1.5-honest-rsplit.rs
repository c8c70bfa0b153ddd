//! Cuts with rsplit_once and matches, and maps functions by name.

fn name(path: &str) -> &str {
    let path = path.trim_end_matches('/');
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

fn cut(name: &str) -> (&str, Option<&str>) {
    match name.rsplit_once('.') {
        None | Some(("", _)) => (name, None),
        Some((stem, extension)) => (stem, Some(extension)),
    }
}

pub fn extension(path: &str) -> Option<&str> {
    cut(name(path)).1
}

pub fn stem(path: &str) -> &str {
    cut(name(path)).0
}

pub fn depth(path: &str) -> usize {
    let parts = path.split('/').filter(|part| !part.is_empty());
    parts.skip(1).count()
}

pub fn extensions<'a>(paths: &[&'a str]) -> Vec<Option<&'a str>> {
    paths.iter().copied().map(extension).collect()
}

pub fn stems<'a>(paths: &[&'a str]) -> Vec<&'a str> {
    paths.iter().copied().map(stem).collect()
}
