//! Writes under the final name, where others see half of a file for a while.

fn save(small: &GrayImage, target: PathBuf) -> ImageResult<PathBuf> {
    small.save_with_format(&target, ImageFormat::Png)?;
    Ok(target)
}
