//! Question 7.2's workload: small gray versions of a few images, on one thread.

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};

use image::GrayImage;
use pictures::{Format, Look, difference, encoded, given, painted};

use crate::churn;
use crate::folders::{Folders, paths};
use timing::{Call, Means, Workload};

/// Levels of gray by which an image may differ at its worst point.
const WORST: u8 = 2;

/// Levels of gray by which an image may differ on average.
const MEAN: f64 = 0.5;

/// Two images and a broken file, and what comes out of them.
#[derive(Debug)]
pub struct PictureFolders {
    /// Where they are.
    pub folders: Folders,
}

impl PictureFolders {
    /// Writes a PNG, a JPEG and a broken file of a seed; `size` is about the
    /// width of the images.
    ///
    /// # Panics
    /// When the disk cannot be written; that is the machine's fault.
    #[must_use]
    pub fn new(seed: u64, size: u64) -> Self {
        let folders = Folders::new();
        // So much grain that light and levels have different means.
        let look = Look { grain: 60, lightest: 250 };
        let write = |name: &str, bytes: &[u8]| {
            folders.add(&format!("{name}-{:x}", churn(seed, 3) % 4096), bytes);
        };
        let width = u32::try_from(size).unwrap_or(1);
        for (number, format) in [(0, Format::Png), (1, Format::Jpeg)] {
            let seed = churn(seed ^ number, 1);
            let height = width - u32::try_from(seed % 30).unwrap_or_default();
            let bytes = encoded(&painted(seed, width, height, look), format);
            write(&format!("{format:?}"), &bytes);
            if format == Format::Png {
                write("broken", &bytes[..bytes.len() / 2]);
            }
        }
        Self { folders }
    }

    /// What came out: how many files were reported, then the length and the
    /// bytes of every file that was written. They are looked at after the call.
    #[must_use]
    pub fn outcome(&self, reported: usize) -> Vec<u64> {
        let mut values = vec![reported as u64];
        for path in paths(&self.folders.output()) {
            let bytes = fs::read(path).unwrap_or_default();
            values.push(bytes.len() as u64);
            values.extend(bytes.chunks(8).map(|chunk| {
                let mut word = [0; 8];
                word[..chunk.len()].copy_from_slice(chunk);
                u64::from_le_bytes(word)
            }));
        }
        values
    }
}

/// The number of files reported and the images of an outcome, `None` where it
/// has something else.
fn images(outcome: &[u64]) -> Option<(u64, Vec<GrayImage>)> {
    let (reported, mut rest) = outcome.split_first()?;
    let mut images = Vec::new();
    while let Some((length, words)) = rest.split_first() {
        let length = usize::try_from(*length).ok()?;
        let (words, later) = words.split_at_checked(length.div_ceil(8))?;
        let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
        let image = image::load_from_memory_with_format(&bytes, image::ImageFormat::Png).ok()?;
        images.push(match image {
            image::DynamicImage::ImageLuma8(image) => image,
            _ => return None,
        });
        rest = later;
    }
    Some((*reported, images))
}

/// Whether two outcomes are the same within the tolerance for levels of gray.
fn agree(expected: &[u64], got: &[u64]) -> bool {
    let (Some((reported, want)), Some((also, got))) = (images(expected), images(got)) else {
        return false;
    };
    reported == also
        && want.len() == got.len()
        && want.iter().zip(&got).all(|(want, got)| {
            let same_size = want.dimensions() == got.dimensions();
            let off = difference(got, want);
            same_size && off.worst <= WORST && off.mean <= MEAN
        })
}

/// What is wrong with the small images of a call.
fn what_is_wrong(expected: &[u64], got: &[u64]) -> String {
    let what = match (images(expected), images(got)) {
        (Some((reported, want)), Some((also, got)))
            if (reported, want.len()) != (also, got.len()) =>
        {
            format!(
                "it reported {also} files and wrote {}, where the given pipeline reports {reported} and writes {}.",
                got.len(),
                want.len()
            )
        }
        (_, None) => "a file that it has written is no gray PNG image of 8 bits.".to_owned(),
        _ => "an image is too far from the one that the given pipeline makes.".to_owned(),
    };
    format!("the output of a timed call is wrong: {what}")
}

/// The workload of question 7.2.
#[must_use]
pub fn shrink() -> Workload {
    Workload {
        question: "7.2",
        about: "shrink_all on a few images, against the given pipeline",
        sizes: 280..=320,
        // The solution reaches 19, the kernel 17 to 18.
        means: Means::OneThread { speedup: 17.0 },
        sequential: |seed, size, _| {
            let pictures = PictureFolders::new(seed, size);
            Box::new(move || outcome_of_given(&pictures))
        },
        kernel,
        agrees: agree,
        difference: what_is_wrong,
    }
}

fn outcome_of_given(pictures: &PictureFolders) -> Vec<u64> {
    let report = given::shrink_all(&pictures.folders.input(), &pictures.folders.output());
    pictures.outcome(report.map_or(0, |report| report.len()))
}

/// As long as a fast pipeline, but none that could be copied: it decodes every
/// image, looks at every point, and packs a small version that was there before.
fn kernel(seed: u64, size: u64, _threads: usize) -> Call {
    let pictures = PictureFolders::new(seed, size);
    outcome_of_given(&pictures);
    let smalls: Vec<Option<GrayImage>> = paths(&pictures.folders.input())
        .iter()
        .map(|source| image::open(small_of(source, &pictures.folders.output())).ok())
        .map(|small| small.map(image::DynamicImage::into_luma8))
        .collect();
    let table: Vec<f32> = (0_u8..=255).map(f32::from).collect();
    Box::new(move || {
        let sources = paths(&pictures.folders.input());
        for (source, small) in sources.iter().zip(&smalls) {
            let image =
                fs::read(source).ok().and_then(|bytes| image::load_from_memory(&bytes).ok());
            let (Some(image), Some(small)) = (image, small) else { continue };
            // Twice: across and down.
            for _ in 0..2 {
                let light = |point: &image::Rgb<u8>| -> f32 {
                    point.0.iter().map(|level| table[usize::from(*level)]).sum()
                };
                let points = image.as_rgb8().into_iter().flat_map(|image| image.pixels());
                black_box(points.map(light).sum::<f32>());
            }
            // A failure shows in the outcome.
            let _ = small.save_with_format(
                small_of(source, &pictures.folders.output()),
                image::ImageFormat::Png,
            );
        }
        pictures.outcome(sources.len())
    })
}

fn small_of(source: &Path, output: &Path) -> PathBuf {
    let mut name = source.file_name().unwrap_or_default().to_owned();
    name.push(".png");
    output.join(name)
}

#[cfg(test)]
mod tests {
    use super::{PictureFolders, agree, kernel, outcome_of_given};

    #[test]
    fn outcomes_agree_on_one_seed_and_on_no_other() {
        let of = |seed| outcome_of_given(&PictureFolders::new(seed, 40));
        let want = of(1);
        assert!(agree(&want, &kernel(1, 40, 1)()));
        assert!(!agree(&want, &of(2)));
        assert!(!agree(&want, &want[..want.len() - 1]));
        assert!(!agree(&want, &[3]));
        let mut fewer = want.clone();
        fewer[0] -= 1;
        assert!(!agree(&want, &fewer));
    }
}
