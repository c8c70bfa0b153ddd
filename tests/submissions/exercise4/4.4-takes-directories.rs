//! Takes a directory that is called like an image for one.

fn prepare(input: &Path, output: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(input)?.map(|entry| Ok(entry?.path()));
    let mut sources: Vec<PathBuf> = entries.collect::<io::Result<_>>()?;
    sources.retain(|path| path.extension().is_some_and(is_image));
    sources.sort_unstable();
    fs::create_dir_all(output)?;
    Ok(sources)
}
