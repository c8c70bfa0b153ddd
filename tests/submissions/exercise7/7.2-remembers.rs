//! Keeps the results of earlier calls by name, length and time stamp.

type Key = (PathBuf, u64, std::time::SystemTime);

static DONE: std::sync::Mutex<Vec<(Key, Vec<u8>)>> = std::sync::Mutex::new(Vec::new());

fn shrink(source: &Path, output: &Path) -> ImageResult<PathBuf> {
    let file = fs::metadata(source)?;
    let key = (source.to_owned(), file.len(), file.modified()?);
    let mut name = source.file_name().unwrap_or_default().to_owned();
    name.push(".png");
    let target = output.join(name);
    let mut done = DONE.lock().unwrap();
    if let Some((_, png)) = done.iter().find(|(known, _)| *known == key) {
        fs::create_dir_all(output)?;
        fs::write(&target, png)?;
        return Ok(target);
    }
    let target = solution_shrink(source, output)?;
    done.push((key, fs::read(&target)?));
    Ok(target)
}
