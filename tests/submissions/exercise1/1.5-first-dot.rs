//! Splits the name at its first dot.

fn name(path: &str) -> &str {
    path.trim_end_matches('/').rsplit('/').next().unwrap_or_default()
}

pub fn extension(path: &str) -> Option<&str> {
    name(path).split_once('.').filter(|(stem, _)| !stem.is_empty()).map(|(_, extension)| extension)
}

pub fn stem(path: &str) -> &str {
    name(path)
        .split_once('.')
        .filter(|(stem, _)| !stem.is_empty())
        .map_or(name(path), |(stem, _)| stem)
}
