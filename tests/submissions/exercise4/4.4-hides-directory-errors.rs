//! Gives an empty report where the input cannot be listed.

fn prepare(input: &Path, output: &Path) -> io::Result<Vec<PathBuf>> {
    let Ok(entries) = fs::read_dir(input) else { return Ok(Vec::new()) };
    let entries = entries.map(|entry| Ok(entry?.path()));
    let mut sources: Vec<PathBuf> = entries.collect::<io::Result<_>>()?;
    sources.retain(|path| path.extension().is_some_and(is_image) && path.is_file());
    sources.sort_unstable();
    fs::create_dir_all(output)?;
    Ok(sources)
}
