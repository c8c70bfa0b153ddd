//! Question 4.4's workload: small gray versions of a directory of images.

use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicUsize;

use image::imageops::{FilterType, crop_imm};
use image::{ImageReader, ImageResult};
use pictures::{Format, Look, encoded, gray_png, painted};

use crate::churn;
use crate::folders::{Folders, paths};
use timing::crew::turns;
use timing::{Call, Means, Workload};

/// Small versions whose points are compared after a call.
const COMPARED: u64 = 3;

/// Levels of gray by which the mean of a patch may differ.
const TOLERANCE: u64 = 4;

/// A directory of images, and what is looked at of their small versions.
#[derive(Debug)]
pub struct ImageFolders {
    /// Where they are.
    pub folders: Folders,
    seed: u64,
    count: u64,
}

impl ImageFolders {
    /// Writes `count` images of a seed, every fourth one a JPEG file, a little
    /// different in size.
    ///
    /// # Panics
    /// When the disk cannot be written; that is the machine's fault.
    #[must_use]
    pub fn new(seed: u64, count: u64) -> Self {
        let folders = Folders::new();
        // Painting takes long, so every image is a part of one large picture.
        let large = painted(seed, 640, 480, Look::PHOTO);
        for index in 0..count {
            let seed = churn(seed ^ index, 1);
            let width = 300 + u32::try_from(seed % 40).unwrap_or_default();
            let height = 560 - width;
            let left = u32::try_from((seed >> 16) % 256).unwrap_or_default();
            let top = u32::try_from((seed >> 32) % 192).unwrap_or_default();
            let picture = crop_imm(&large, left, top, width, height).to_image();
            let (format, extension) =
                if index % 4 == 3 { (Format::Jpeg, "jpg") } else { (Format::Png, "png") };
            let name = format!("{index:03}-{:x}.{extension}", seed % 4096);
            folders.add(&name, &encoded(&picture, format));
        }
        Self { folders, seed, count }
    }

    /// What came out: how many files there are, and of a few that the seed
    /// chooses the mean of every patch of 32 by 32 points.
    #[must_use]
    pub fn outcome(&self) -> Vec<u64> {
        let files = paths(&self.folders.output());
        let mut values = vec![files.len() as u64];
        for choice in 0..COMPARED {
            let index = churn(self.seed ^ (choice << 32), 1) % self.count.max(1);
            let file = usize::try_from(index).ok().and_then(|index| files.get(index));
            match file.map(|file| gray_png(file)) {
                Some(Ok(small)) => values.extend(patches(&small)),
                Some(Err(_)) | None => values.extend([u64::MAX; 64]),
            }
        }
        values
    }
}

/// The mean of every patch of 32 by 32 points.
fn patches(small: &image::GrayImage) -> Vec<u64> {
    let mut sums = vec![0; 64];
    for (x, y, level) in small.enumerate_pixels() {
        sums[(y / 32 * 8 + x / 32) as usize] += u64::from(level.0[0]);
    }
    sums.into_iter().map(|sum: u64| sum / 1024).collect()
}

/// Whether two outcomes are the same within the tolerance for levels of gray.
pub(crate) fn agree(expected: &[u64], got: &[u64]) -> bool {
    expected.len() == got.len()
        && expected.first() == got.first()
        && expected.iter().zip(got).all(|(want, got)| want.abs_diff(*got) <= TOLERANCE)
}

/// What is wrong with the images that a call has written.
fn difference(expected: &[u64], got: &[u64]) -> String {
    let (wanted, there) = (expected.first().unwrap_or(&0), got.first().unwrap_or(&0));
    let what = if wanted != there {
        format!(
            "{there} files are in the output folder when it returns, and there must be {wanted}."
        )
    } else if got.contains(&u64::MAX) {
        "an image that it has written cannot be read when it returns.".to_owned()
    } else {
        "an image is not the one that the sequential version makes.".to_owned()
    };
    format!("the output of a timed call is wrong: {what}")
}

/// The workload of question 4.4.
#[must_use]
pub fn images() -> Workload {
    Workload {
        question: "4.4",
        about: "process_images_par on a directory of PNG and JPEG files",
        sizes: 12..=14,
        means: Means::Cores { max_threads: 4, serial_fraction: 0.12 },
        sequential: |seed, size, _| kernel(seed, size, 1),
        kernel,
        agrees: agree,
        difference,
    }
}

/// Workers that take the next image from one counter.
fn kernel(seed: u64, size: u64, threads: usize) -> Call {
    let images = ImageFolders::new(seed, size);
    Box::new(move || {
        let (input, output) = (images.folders.input(), images.folders.output());
        let next = AtomicUsize::new(0);
        let sources = paths(&input);
        let _ = fs::create_dir(&output);
        let work = || {
            for (_, source) in turns(&next, &sources) {
                // A failure shows in the outcome.
                let _ = process(source, &output);
            }
        };
        std::thread::scope(|scope| {
            (1..threads).for_each(|_| _ = scope.spawn(work));
            work();
        });
        images.outcome()
    })
}

fn process(source: &Path, output: &Path) -> ImageResult<()> {
    let image = ImageReader::open(source)?.with_guessed_format()?.decode()?;
    let small = image.resize_exact(256, 256, FilterType::Triangle).into_luma8();
    let name = source.file_name().unwrap_or_default().to_string_lossy();
    let unfinished = output.join(format!("{name}.unfinished"));
    small.save_with_format(&unfinished, image::ImageFormat::Png)?;
    Ok(fs::rename(unfinished, output.join(format!("{name}.png")))?)
}
