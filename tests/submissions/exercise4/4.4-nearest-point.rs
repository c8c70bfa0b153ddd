//! Takes the nearest point of the image for each point of the small version.

fn shrink(source: &Path) -> ImageResult<GrayImage> {
    let image = ImageReader::open(source)?.with_guessed_format()?.decode()?;
    Ok(image.resize_exact(SIDE, SIDE, FilterType::Nearest).into_luma8())
}
