//! Goes by way of an image of half the size.

fn small_gray(image: &RgbImage) -> GrayImage {
    solution_small_gray(&image::imageops::thumbnail(image, 128, 128))
}
