//! What a small gray picture must look like, and how far another one is off.

use std::path::Path;

use image::imageops::FilterType;
use image::{DynamicImage, GrayImage};

/// Width and height of the small pictures.
pub const SIDE: u32 = 256;

/// The reference: resized with a triangle filter and weighted by Rec. 709, all
/// in floating point, and rounded once at the end.
///
/// # Panics
/// When the bytes are no picture.
#[must_use]
pub fn small_gray(bytes: &[u8]) -> GrayImage {
    let picture = image::load_from_memory(bytes).expect("a picture of the kit").into_rgb32f();
    let small = image::imageops::resize(&picture, SIDE, SIDE, FilterType::Triangle);
    GrayImage::from_fn(SIDE, SIDE, |x, y| {
        let [red, green, blue] = small.get_pixel(x, y).0;
        let gray = (0.2126 * red + 0.7152 * green + 0.0722 * blue) * 255.0;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
        let gray = gray.round().clamp(0.0, 255.0) as u8;
        image::Luma([gray])
    })
}

/// Reads a file that must be a whole PNG.
///
/// # Errors
/// With what is wrong with it.
pub fn whole_png(path: &Path) -> Result<DynamicImage, String> {
    let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
    image::load_from_memory_with_format(&bytes, image::ImageFormat::Png)
        .map_err(|error| format!("it is no whole PNG file: {error}"))
}

/// Reads a file that must be an 8-bit gray PNG of [`SIDE`] by [`SIDE`] points.
///
/// # Errors
/// With what it is instead.
pub fn gray_png(path: &Path) -> Result<GrayImage, String> {
    match whole_png(path)? {
        DynamicImage::ImageLuma8(gray) if gray.dimensions() == (SIDE, SIDE) => Ok(gray),
        DynamicImage::ImageLuma8(gray) => {
            Err(format!("it has {} x {} points", gray.width(), gray.height()))
        }
        other => Err(format!("its points are of the kind {:?}", other.color())),
    }
}

/// How far two pictures of the same size differ, in levels of gray out of 255.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// Over all points.
    pub mean: f64,
    /// At the worst point.
    pub worst: u8,
}

/// Compares two pictures point by point.
#[must_use]
pub fn difference(got: &GrayImage, want: &GrayImage) -> Difference {
    let points = got.as_raw().iter().zip(want.as_raw());
    let levels: Vec<u8> = points.map(|(got, want)| got.abs_diff(*want)).collect();
    let sum: u64 = levels.iter().copied().map(u64::from).sum();
    #[expect(clippy::cast_precision_loss, reason = "65 536 points of 255 levels at most")]
    let mean = sum as f64 / levels.len().max(1) as f64;
    Difference { mean, worst: levels.iter().copied().max().unwrap_or_default() }
}

#[cfg(test)]
mod tests {
    use super::{difference, small_gray};
    use crate::{Format, Look, encoded, painted};

    #[test]
    fn a_format_changes_little_and_another_picture_much() {
        let of = |seed, format| small_gray(&encoded(&painted(seed, 300, 200, Look::PHOTO), format));
        let png = of(1, Format::Png);
        assert!(difference(&of(1, Format::DeepPng), &png).worst <= 1);
        assert!(difference(&of(1, Format::OpaquePng), &png).worst == 0);
        assert!(difference(&of(1, Format::Jpeg), &png).mean < 2.0);
        assert!(difference(&of(2, Format::Png), &png).mean > 10.0);
    }
}
