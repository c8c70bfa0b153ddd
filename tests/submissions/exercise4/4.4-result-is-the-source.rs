//! Reports the image in place of its small version.

fn save(small: &GrayImage, target: PathBuf) -> ImageResult<PathBuf> {
    let mut bytes = Cursor::new(Vec::new());
    small.write_to(&mut bytes, ImageFormat::Png)?;
    let unfinished = target.with_added_extension("unfinished");
    let saved =
        fs::write(&unfinished, bytes.get_ref()).and_then(|()| fs::rename(&unfinished, &target));
    if saved.is_err() {
        // The first failure is the one to report.
        let _ = fs::remove_file(&unfinished);
    }
    saved?;
    Ok(target.with_extension(""))
}
