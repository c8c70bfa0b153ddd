//! Loops and pushes where a map is asked for.

pub fn stems<'a>(paths: &[&'a str]) -> Vec<&'a str> {
    let mut stems = Vec::with_capacity(paths.len());
    for path in paths {
        stems.push(stem(path));
    }
    stems
}
