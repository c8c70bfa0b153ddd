//! Leaves the unfinished file behind when saving fails.

fn save(small: &GrayImage, target: PathBuf) -> ImageResult<PathBuf> {
    let mut bytes = Cursor::new(Vec::new());
    small.write_to(&mut bytes, ImageFormat::Png)?;
    let unfinished = target.with_added_extension("unfinished");
    fs::write(&unfinished, bytes.get_ref())?;
    fs::rename(&unfinished, &target)?;
    Ok(target)
}
