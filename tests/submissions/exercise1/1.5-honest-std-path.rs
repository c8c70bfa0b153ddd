//! Counts the ancestors of a `Path`, and takes names from `file_name`.

pub fn extension(path: &str) -> Option<&str> {
    let name = Path::new(path).file_name()?.to_str()?;
    let dot = name.char_indices().skip(1).filter(|(_, c)| *c == '.').last()?.0;
    name.get(dot + 1..)
}

pub fn stem(path: &str) -> &str {
    let Some(name) = Path::new(path).file_name().and_then(OsStr::to_str) else {
        return "";
    };
    match extension(path) {
        Some(extension) => &name[..name.len() - extension.len() - 1],
        None => name,
    }
}

pub fn depth(path: &str) -> usize {
    let path = Path::new(path).strip_prefix("/").unwrap_or(Path::new(path));
    path.parent().map_or(0, |parent| parent.iter().count())
}

pub fn extensions<'a>(paths: &[&'a str]) -> Vec<Option<&'a str>> {
    paths.into_iter().map(|&path| extension(path)).collect()
}
