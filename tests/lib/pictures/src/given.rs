//! The pipeline that question 7.2 gives: right in every point, and slow.
//!
//! Its parts are never inlined, so that a profile names each of them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use image::{DynamicImage, GenericImageView, GrayImage, ImageReader, ImageResult, Luma};

/// Width and height of a small image.
const SIDE: u32 = 256;

/// What became of one file.
#[derive(Debug)]
pub struct Shrunk {
    /// The file that was read.
    pub source: PathBuf,
    /// The file that was written, or why there is none.
    pub result: ImageResult<PathBuf>,
}

/// Writes a small gray version of every file of `input` into `output`, and
/// reports every file in the order of the names.
///
/// # Errors
/// When `input` cannot be listed or `output` cannot be made.
#[inline(never)]
pub fn shrink_all(input: &Path, output: &Path) -> io::Result<Vec<Shrunk>> {
    fs::create_dir_all(output)?;
    let mut report: Vec<Shrunk> = Vec::new();
    for source in files(input)? {
        // Each file once.
        if report.iter().any(|line| line.source == source) {
            continue;
        }
        let result = check(&source).and_then(|()| shrink(&source, output));
        report.push(Shrunk { source, result });
    }
    Ok(report)
}

/// The files of a folder, in the order of their names.
#[inline(never)]
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_file() {
            files.push(path);
            files.sort();
        }
    }
    Ok(files)
}

/// Whether a file holds an image at all.
#[inline(never)]
fn check(source: &Path) -> ImageResult<()> {
    decode(source).map(|_image| ())
}

#[inline(never)]
fn decode(source: &Path) -> ImageResult<DynamicImage> {
    ImageReader::open(source)?.with_guessed_format()?.decode()
}

/// One file from beginning to end.
#[inline(never)]
fn shrink(source: &Path, output: &Path) -> ImageResult<PathBuf> {
    let image = decode(source)?;
    let small = small_gray(&image);
    let mut name = source.file_name().unwrap_or_default().to_owned();
    name.push(".png");
    let target = output.join(name);
    save(&small, &target)?;
    Ok(target)
}

#[inline(never)]
fn save(small: &GrayImage, target: &Path) -> ImageResult<()> {
    small.save_with_format(target, image::ImageFormat::Png)
}

/// The small image: every point is the mean light of what it covers.
#[inline(never)]
fn small_gray(image: &DynamicImage) -> GrayImage {
    let (width, height) = image.dimensions();
    let light = light(image);
    let mut small = GrayImage::new(SIDE, SIDE);
    for x in 0..SIDE {
        let column = column(light.clone(), width, height, x);
        for (y, mean) in (0..SIDE).zip(column) {
            small.put_pixel(x, y, Luma([to_level(mean)]));
        }
    }
    small
}

/// The light of every point of an image, column by column.
#[inline(never)]
fn light(image: &DynamicImage) -> Vec<f64> {
    let mut light = Vec::new();
    for x in 0..image.width() {
        for y in 0..image.height() {
            let [red, green, blue, _] = image.get_pixel(x, y).0;
            light.push(0.2126 * to_light(red) + 0.7152 * to_light(green) + 0.0722 * to_light(blue));
        }
    }
    light
}

/// The light of a level, 0 to 1: the curve of sRGB.
#[inline(never)]
fn to_light(level: u8) -> f64 {
    let level = f64::from(level) / 255.0;
    if level <= 0.04045 { level / 12.92 } else { ((level + 0.055) / 1.055).powf(2.4) }
}

/// The level that is nearest to a light.
#[inline(never)]
fn to_level(light: f64) -> u8 {
    let level =
        if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
    let level = (level * 255.0).round().clamp(0.0, 255.0) as u8;
    level
}

/// The mean light of each of the points of column `x`.
#[inline(never)]
fn column(light: Vec<f64>, width: u32, height: u32, x: u32) -> Vec<f64> {
    (0..SIDE).map(|y| point(&light, width, height, x, y)).collect()
}

/// The mean light of what the point at `x`, `y` covers.
#[inline(never)]
fn point(light: &[f64], width: u32, height: u32, x: u32, y: u32) -> f64 {
    let mut parts = Vec::new();
    for (across, column) in covered(x, width) {
        for (down, row) in covered(y, height) {
            parts.push((across * down, light[column * height as usize + row]));
        }
    }
    let area: f64 = parts.iter().map(|(part, _)| part).sum();
    parts.iter().map(|(part, light)| part * light).sum::<f64>() / area
}

/// Which of `length` points the small point at `at` covers, and how much of each.
#[inline(never)]
fn covered(at: u32, length: u32) -> Vec<(f64, usize)> {
    let scale = f64::from(length) / f64::from(SIDE);
    let (begin, end) = (f64::from(at) * scale, f64::from(at + 1) * scale);
    let mut parts = Vec::new();
    let mut index = begin.floor();
    while index < end {
        let part = (index + 1.0).min(end) - index.max(begin);
        if part > 0.0 && index < f64::from(length) {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole")]
            parts.push((part, index as usize));
        }
        index += 1.0;
    }
    parts
}
