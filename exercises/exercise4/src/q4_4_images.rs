//! Question 4.4: small gray versions of a directory of images.

use std::io;
use std::path::{Path, PathBuf};

use image::ImageResult;

/// What became of one image of the directory.
#[derive(Debug)]
pub struct Processed {
    /// The image: the input directory joined with its file name.
    pub source: PathBuf,
    /// Where its small version is, or why there is none.
    pub result: ImageResult<PathBuf>,
}

/// What a worker tells about an image while it works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress<'a> {
    /// It takes this image up; nothing of it has been read yet.
    Started(&'a Path),
    /// It is done with this image: saved under its final name, or given up.
    Finished(&'a Path),
}

/// Makes a small gray version of every image in the directory `input`, one
/// after another on the caller's thread.
///
/// **Images** are the files directly in `input` whose extension is `png`, `jpg`
/// or `jpeg`, in capital or small letters; the name `.png` alone has none. All
/// else is left alone, also directories, whatever their names. The content of a file says which of the
/// two formats it has, not its name.
///
/// **The small version** has 256 by 256 points, whatever shape the image had,
/// made with [`FilterType::Triangle`](image::imageops::FilterType), and is gray
/// with 8 bits, as [`to_luma8`](image::DynamicImage::to_luma8) weighs the
/// colours. From the exact value, rounded once at the end, it differs by at most
/// 1 level of 255 on average and 3 at the worst point. It is a PNG file in
/// `output`, named as the image with `.png` behind: `cat.jpg.png` from
/// `cat.jpg`, so that `cat.png` and `cat.jpg` do not meet.
///
/// **Files are whole or absent**: under its final name a file is never seen half
/// written, and it replaces what was there. When saving fails, nothing unfinished
/// stays behind. `output` is made if it is missing, with the directories above
/// it, and is not `input`.
///
/// **An image that cannot be read or saved** is reported in its `result` and
/// the others are done all the same. The report has every image once, in the
/// order of their file names, byte by byte. No images, an empty report.
///
/// `progress` is called by whoever does the work: before an image is read and
/// after it is done, also when that failed. Memory: what `workers` images need
/// at once, besides a few hundred bytes for each line of the report.
///
/// `workers` is there so that both versions have one signature: this one works
/// alone, whatever it says.
///
/// # Errors
/// When `input` cannot be listed or `output` cannot be made.
///
/// # Panics
/// When `workers` is 0, or when `progress` does.
///
/// # Examples
/// ```
/// # let folder = std::env::temp_dir().join(format!("seq-{}", std::process::id()));
/// # std::fs::create_dir_all(folder.join("photos"))?;
/// use exercise4::process_images_seq;
/// image::RgbImage::new(640, 480).save(folder.join("photos/cat.png"))?;
/// let report = process_images_seq(&folder.join("photos"), &folder.join("small"), 1, |_| ())?;
/// assert_eq!(report[0].result.as_ref().unwrap(), &folder.join("small/cat.png.png"));
/// assert_eq!(image::image_dimensions(folder.join("small/cat.png.png"))?, (256, 256));
/// # std::fs::remove_dir_all(folder)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Graded
/// `4.4/pixels`, `4.4/names`, `4.4/corrupt`, `4.4/whole`, `4.4/edges`, `4.4/limit`
pub fn process_images_seq(
    input: &Path,
    output: &Path,
    workers: usize,
    progress: impl Fn(Progress<'_>) + Sync,
) -> io::Result<Vec<Processed>> {
    let _ = &progress;
    // TODO: make the small version of one image after another.
    todo!("4.4: from {} into {}, whatever {workers} says", input.display(), output.display())
}

/// As [`process_images_seq`] in all but this: `workers` images are worked on
/// at once.
///
/// Never more than `workers` are between [`Progress::Started`] and
/// [`Progress::Finished`], on at most `workers` threads besides the caller's,
/// and a worker that is free takes the next one. `progress` is called on the
/// workers' threads, by several at once. More workers than images do no harm.
/// No thread is left behind.
///
/// # Errors
/// When `input` cannot be listed or `output` cannot be made.
///
/// # Panics
/// When `workers` is 0, or when `progress` does.
///
/// # Examples
/// ```
/// # let folder = std::env::temp_dir().join(format!("par-{}", std::process::id()));
/// # std::fs::create_dir_all(folder.join("photos"))?;
/// use exercise4::process_images_par;
/// image::RgbImage::new(64, 48).save(folder.join("photos/cat.png"))?;
/// std::fs::write(folder.join("photos/dog.png"), "not a picture")?;
/// let report = process_images_par(&folder.join("photos"), &folder.join("small"), 2, |_| ())?;
/// assert!(report[0].result.is_ok() && report[1].result.is_err());
/// # std::fs::remove_dir_all(folder)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Graded
/// `4.4/pixels`, `4.4/names`, `4.4/corrupt`, `4.4/whole`, `4.4/edges`,
/// `4.4/together`, `4.4/limit`, `4.4/memory`, `4.4/speed`
pub fn process_images_par(
    input: &Path,
    output: &Path,
    workers: usize,
    progress: impl Fn(Progress<'_>) + Sync,
) -> io::Result<Vec<Processed>> {
    let _ = &progress;
    // TODO: work on several images at once.
    todo!("4.4: from {} into {}, with {workers} workers", input.display(), output.display())
}
