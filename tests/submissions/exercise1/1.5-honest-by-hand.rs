//! Cuts the texts by hand, with loops in the functions for one path.

fn parts(path: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for part in path.split('/') {
        if !part.is_empty() {
            parts.push(part);
        }
    }
    parts
}

fn last_dot(name: &str) -> Option<usize> {
    name.rfind('.').filter(|&at| at > 0)
}

pub fn extension(path: &str) -> Option<&str> {
    let name = parts(path).pop()?;
    last_dot(name).map(|at| &name[at + 1..])
}

pub fn stem(path: &str) -> &str {
    let name = parts(path).pop().unwrap_or("");
    last_dot(name).map_or(name, |at| &name[..at])
}

pub fn depth(path: &str) -> usize {
    let parts = parts(path);
    if parts.is_empty() { 0 } else { parts.len() - 1 }
}

pub fn depths(paths: &[&str]) -> Vec<usize> {
    paths.iter().copied().map(depth).collect()
}
