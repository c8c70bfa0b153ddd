//! Fits the image into 256 by 256 points instead of filling them.

fn shrink(source: &Path) -> ImageResult<GrayImage> {
    let image = ImageReader::open(source)?.with_guessed_format()?.decode()?;
    Ok(image.resize(SIDE, SIDE, FilterType::Triangle).into_luma8())
}
