//! Question 7.2: a pipeline made faster where a profile says that it is slow.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use image::ImageResult;

/// What became of one file.
#[derive(Debug)]
pub struct Shrunk {
    /// The file that was read.
    pub source: PathBuf,
    /// The file that was written, or why there is none.
    pub result: ImageResult<PathBuf>,
}

/// A state of a program and how long it took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What was changed to get there.
    pub name: String,
    /// The time it takes.
    pub time: Duration,
}

/// Writes a small gray version of every file of `input` into `output`, and
/// reports every file in the order of the names.
///
/// Does what the given pipeline does (`shrink_all` in
/// `tests/lib/pictures/src/given.rs`, the text to begin with), and is faster on one
/// thread: the call starts no others.
///
/// - Every file directly in `input` counts, whatever its name; its content says
///   which format it has. Folders in it are passed over.
/// - The small version of `cat.jpg` is `cat.jpg.png` in `output`: 8-bit gray PNG,
///   256 by 256 points, at most a quarter larger in bytes than the given
///   pipeline's. `output` is made where it is missing, with the folders above
///   it; an older file is replaced.
/// - Each of its points is the mean *light* of what it covers in the original.
///   Light is not the level: it follows the curve of sRGB, and red, green and
///   blue weigh 0.2126, 0.7152 and 0.0722. Levels may differ from the given
///   pipeline's by 2 at the worst point and by 0.5 on average.
/// - A file that cannot be read or decoded is reported with its error, nothing is
///   written for it, and the others are done. So is one whose small version
///   cannot be written.
/// - Each call looks at the files anew.
///
/// An empty folder gives an empty report. Memory is that of one image at a time.
///
/// # Errors
/// When `input` cannot be listed or `output` cannot be made.
///
/// # Examples
/// ```
/// use exercise7::shrink_all;
/// let place = std::env::temp_dir().join(format!("shrink-{}", std::process::id()));
/// let (input, output) = (place.join("images"), place.join("small"));
/// std::fs::create_dir_all(&input)?;
/// image::RgbImage::from_pixel(300, 200, image::Rgb([255, 0, 0])).save(input.join("red.png"))?;
///
/// let report = shrink_all(&input, &output)?;
/// assert_eq!(report[0].source, input.join("red.png"));
/// let small = image::open(report[0].result.as_ref().unwrap())?.into_luma8();
/// assert_eq!(small.dimensions(), (256, 256));
/// assert!(small.get_pixel(9, 9).0[0].abs_diff(127) <= 2); // the level of 0.2126 of all light
/// # std::fs::remove_dir_all(place)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Graded
/// `7.2/same`, `7.2/quality`, `7.2/files`, `7.2/afresh`, `7.2/one-thread`, `7.2/speed`
pub fn shrink_all(input: &Path, output: &Path) -> io::Result<Vec<Shrunk>> {
    // TODO: copy the given pipeline, profile it, and make it faster step by step.
    todo!("7.2: shrink the images of {} into {}", input.display(), output.display())
}

/// A Markdown table of what each step of an optimisation brought.
///
/// The header is `| step | ms | gain | in all |`, below it `| --- | ---: | ---: | ---: |`.
/// A row for each step has its name, its time in milliseconds, how many times faster it
/// is than the step before, and than the first one; all with two decimals. In the first
/// row both factors are `1.00`. Where the time is zero they are `-`, as no factor would be
/// true. A `|` in a name is written `\|`, so that it ends no cell. Every line ends with a
/// line end. No steps, no rows.
///
/// # Examples
/// ```
/// use exercise7::{Step, improvements};
/// use std::time::Duration;
/// let step = |name: &str, ms| Step { name: name.to_owned(), time: Duration::from_millis(ms) };
/// let table = improvements(&[step("given", 60), step("no copies", 40), step("a table", 10)]);
/// assert_eq!(table.lines().last(), Some("| a table | 10.00 | 4.00 | 6.00 |"));
/// ```
///
/// # Graded
/// `7.2/table`
#[must_use]
pub fn improvements(steps: &[Step]) -> String {
    // TODO: write the header, then a row for each step.
    todo!("7.2: make a table of {} steps", steps.len())
}
