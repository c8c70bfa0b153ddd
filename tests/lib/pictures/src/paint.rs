//! Paints pictures by seed and packs them as files.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{DynamicImage, Rgb, RgbImage};

/// How a picture is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// PNG, red, green and blue in 8 bits each.
    Png,
    /// PNG, red, green and blue in 16 bits each.
    DeepPng,
    /// PNG with an alpha channel that is opaque everywhere.
    OpaquePng,
    /// PNG that is gray already.
    GrayPng,
    /// JPEG.
    Jpeg,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Png, Self::DeepPng, Self::OpaquePng, Self::GrayPng, Self::Jpeg];
}

/// How much a picture has of what a careless program loses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// How far single points lie above or below their surroundings, 0 to 100.
    pub grain: u8,
    /// How light the lightest parts are, 0 to 255.
    pub lightest: u8,
}

impl Look {
    /// A photograph: light and dark parts, with a little grain.
    pub const PHOTO: Self = Self { grain: 12, lightest: 250 };
}

/// A picture of a seed: a sky of one colour that fades into another, three
/// discs with soft edges, and a grain of light and dark points.
#[must_use]
pub fn painted(seed: u64, width: u32, height: u32, look: Look) -> RgbImage {
    let mut draw = Draw(seed);
    let light = u32::from(look.lightest);
    let colour = |draw: &mut Draw| [(); 3].map(|()| 20 + draw.below(light.saturating_sub(20)));
    let (top, bottom) = (colour(&mut draw), colour(&mut draw));
    let discs = [(); 3].map(|()| {
        let centre = (draw.below(width), draw.below(height));
        let radius = 1 + width.min(height) / 8 + draw.below(width.min(height) / 4 + 1);
        (centre, radius, colour(&mut draw))
    });
    let grain = i32::from(look.grain);
    let mut picture = RgbImage::new(width, height);
    for (y, row) in (0_u32..).zip(picture.rows_mut()) {
        let sky = mix(top, bottom, y * 256 / height);
        for (x, point) in (0_u32..).zip(row) {
            let mut colour = sky;
            for ((cx, cy), radius, fill) in discs {
                // Squared distance: a soft edge without a square root.
                let [dx, dy, radius] = [x.abs_diff(cx), y.abs_diff(cy), radius].map(u64::from);
                let (distance, limit) = (dx * dx + dy * dy, radius * radius);
                if distance < limit {
                    // Less than 256.
                    colour = mix(fill, colour, (distance * 256 / limit) as u32);
                }
            }
            let sign = if (x + y) % 2 == 0 { grain } else { -grain };
            *point = Rgb(colour.map(|value| {
                let value = i32::try_from(value).unwrap_or(255) + sign;
                u8::try_from(value.clamp(0, 255)).unwrap_or(u8::MAX)
            }));
        }
    }
    picture
}

/// From `from` to `to` as `part` goes from 0 to 256.
fn mix(from: [u32; 3], to: [u32; 3], part: u32) -> [u32; 3] {
    [0, 1, 2].map(|c| (from[c] * (256 - part) + to[c] * part) / 256)
}

/// The bytes of a file with this picture.
///
/// # Panics
/// When the picture has no points.
#[must_use]
pub fn encoded(picture: &RgbImage, format: Format) -> Vec<u8> {
    let mut bytes = Vec::new();
    let picture = DynamicImage::from(picture.clone());
    let written = match format {
        Format::Jpeg => picture.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, 90)),
        Format::Png => write_png(&picture, &mut bytes),
        Format::DeepPng => write_png(&picture.into_rgb16().into(), &mut bytes),
        Format::OpaquePng => write_png(&picture.into_rgba8().into(), &mut bytes),
        Format::GrayPng => write_png(&picture.into_luma8().into(), &mut bytes),
    };
    written.expect("a painted picture can be packed");
    bytes
}

fn write_png(picture: &DynamicImage, bytes: &mut Vec<u8>) -> image::ImageResult<()> {
    let encoder =
        PngEncoder::new_with_quality(Cursor::new(bytes), CompressionType::Fast, FilterType::Sub);
    picture.write_with_encoder(encoder)
}

/// Small numbers of a seed (`SplitMix64`), the same on every machine.
struct Draw(u64);

impl Draw {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        // The high half is the better one.
        u32::try_from((z >> 32) % u64::from(limit.max(1))).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::{Format, Look, encoded, painted};

    #[test]
    fn a_seed_paints_one_picture_and_every_format_holds_it() {
        let picture = painted(7, 60, 40, Look::PHOTO);
        assert_eq!(picture, painted(7, 60, 40, Look::PHOTO));
        assert_ne!(picture, painted(8, 60, 40, Look::PHOTO));
        for format in Format::ALL {
            let read = image::load_from_memory(&encoded(&picture, format)).unwrap();
            assert_eq!((read.width(), read.height()), (60, 40), "{format:?}");
        }
    }
}
