//! Gives an empty report where the input cannot be listed.

pub fn shrink_all(input: &Path, output: &Path) -> io::Result<Vec<Shrunk>> {
    fs::create_dir_all(output)?;
    let mut sources = Vec::new();
    let Ok(entries) = fs::read_dir(input) else { return Ok(Vec::new()) };
    for entry in entries {
        let path = entry?.path();
        if path.is_file() {
            sources.push(path);
        }
    }
    sources.sort();
    let shrink = |source: PathBuf| Shrunk { result: shrink(&source, output), source };
    Ok(sources.into_iter().map(shrink).collect())
}
