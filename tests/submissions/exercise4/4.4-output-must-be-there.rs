//! Does not make the output directory.

fn prepare(input: &Path, output: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(input)?.map(|entry| Ok(entry?.path()));
    let mut sources: Vec<PathBuf> = entries.collect::<io::Result<_>>()?;
    sources.retain(|path| path.extension().is_some_and(is_image) && path.is_file());
    sources.sort_unstable();
    fs::read_dir(output)?;
    Ok(sources)
}
