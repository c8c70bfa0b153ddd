//! Makes gray first, by adding thirds that are rounded down: white is 253 then.

use image::{DynamicImage, Luma};

fn shrink(source: &Path) -> ImageResult<GrayImage> {
    let image = ImageReader::open(source)?.with_guessed_format()?.decode()?.into_rgb8();
    let gray = GrayImage::from_fn(image.width(), image.height(), |x, y| {
        let [red, green, blue] = image.get_pixel(x, y).0;
        Luma([red / 3 + green / 3 + blue / 3])
    });
    Ok(DynamicImage::from(gray).resize_exact(SIDE, SIDE, FilterType::Triangle).into_luma8())
}
