//! Does not make the output folder.

pub fn shrink_all(input: &Path, output: &Path) -> io::Result<Vec<Shrunk>> {
    fs::read_dir(output)?;
    let mut sources = Vec::new();
    for entry in fs::read_dir(input)? {
        let path = entry?.path();
        if path.is_file() {
            sources.push(path);
        }
    }
    sources.sort();
    let shrink = |source: PathBuf| Shrunk { result: shrink(&source, output), source };
    Ok(sources.into_iter().map(shrink).collect())
}
