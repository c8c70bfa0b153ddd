//! Reads all images before it makes the first smaller.

pub fn shrink_all(input: &Path, output: &Path) -> io::Result<Vec<Shrunk>> {
    fs::create_dir_all(output)?;
    let mut sources = Vec::new();
    for entry in fs::read_dir(input)? {
        let path = entry?.path();
        if path.is_file() {
            sources.push(path);
        }
    }
    sources.sort();
    let images: Vec<_> = sources
        .iter()
        .map(|source| Ok::<_, image::ImageError>(image::load_from_memory(&fs::read(source)?)?))
        .collect();
    let shrink = |source: PathBuf| Shrunk { result: shrink(&source, output), source };
    let done = sources.into_iter().map(shrink).collect();
    drop(images);
    Ok(done)
}
