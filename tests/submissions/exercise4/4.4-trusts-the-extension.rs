//! Takes the name of a file for what is in it.

fn shrink(source: &Path) -> ImageResult<GrayImage> {
    Ok(image::open(source)?.resize_exact(SIDE, SIDE, FilterType::Triangle).into_luma8())
}
