//! Question 7.2: a pipeline made faster where a profile says that it is slow.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::Duration;
use std::{fs, io};

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{GrayImage, ImageResult, RgbImage};

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

/// Small gray versions of all files of a folder, on one thread: see the exercise.
///
/// # Errors
/// When `input` cannot be listed or `output` cannot be made.
pub fn shrink_all(input: &Path, output: &Path) -> io::Result<Vec<Shrunk>> {
    fs::create_dir_all(output)?;
    let mut sources = Vec::new();
    for entry in fs::read_dir(input)? {
        let path = entry?.path();
        if path.is_file() {
            sources.push(path);
        }
    }
    sources.sort();
    let shrink = |source: PathBuf| Shrunk { result: shrink(&source, output), source };
    Ok(sources.into_iter().map(shrink).collect())
}

/// One file from beginning to end, decoded once.
fn shrink(source: &Path, output: &Path) -> ImageResult<PathBuf> {
    let image = image::load_from_memory(&fs::read(source)?)?;
    let small = small_gray(&image.into_rgb8());
    // A fixed filter saves trying all five on every row, and costs some bytes.
    let mut png = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut png, CompressionType::Fast, FilterType::Sub);
    small.write_with_encoder(encoder)?;
    let mut name = source.file_name().unwrap_or_default().to_owned();
    name.push(".png");
    let target = output.join(name);
    fs::write(&target, png)?;
    Ok(target)
}

/// Width and height of a small image.
const SIDE: usize = 256;

/// Every point is the mean light of what it covers. Across and down are two
/// passes, each over memory in its order; the first leaves 256 values of a row.
fn small_gray(image: &RgbImage) -> GrayImage {
    let [reds, greens, blues] = &*LIGHT;
    let columns = covers(image.width());
    let mut narrow = Vec::with_capacity(image.height() as usize * SIDE);
    let mut row = Vec::with_capacity(image.width() as usize);
    for points in image.rows() {
        row.clear();
        row.extend(points.map(|&image::Rgb([red, green, blue])| {
            reds[usize::from(red)] + greens[usize::from(green)] + blues[usize::from(blue)]
        }));
        narrow.extend(columns.iter().map(|cover| {
            cover
                .parts
                .iter()
                .zip(&row[cover.first..])
                .map(|(part, light)| part * light)
                .sum::<f32>()
        }));
    }
    let mut levels = Vec::with_capacity(SIDE * SIDE);
    for cover in covers(image.height()) {
        let mut means = [0.0; SIDE];
        for (part, row) in cover.parts.iter().zip(narrow[cover.first * SIDE..].chunks_exact(SIDE)) {
            means.iter_mut().zip(row).for_each(|(mean, light)| *mean += part * light);
        }
        levels.extend(means.map(to_level));
    }
    GrayImage::from_raw(SIDE as u32, SIDE as u32, levels).expect("256 rows of 256 levels")
}

/// The points of a line that a small point covers, and the part of each.
struct Cover {
    first: usize,
    parts: Vec<f32>,
}

/// What each of 256 small points covers of a line of `length` points.
fn covers(length: u32) -> Vec<Cover> {
    let length = length as usize;
    // In units of 1/256 of a point, where all borders are whole numbers.
    let part = |at: usize, index: usize| {
        let (begin, end) =
            ((at * length).max(index * SIDE), ((at + 1) * length).min((index + 1) * SIDE));
        (end - begin) as f32 / length as f32
    };
    (0..SIDE)
        .map(|at| {
            let (first, end) = (at * length / SIDE, ((at + 1) * length).div_ceil(SIDE));
            Cover { first, parts: (first..end).map(|index| part(at, index)).collect() }
        })
        .collect()
}

/// The light of every level, weighted for red, green and blue: 768 calls of
/// `powf` in all, instead of three for each point.
static LIGHT: LazyLock<[[f32; 256]; 3]> = LazyLock::new(|| {
    [0.2126, 0.7152, 0.0722].map(|weight| {
        std::array::from_fn(|level| {
            let level = level as f64 / 255.0;
            let light =
                if level <= 0.04045 { level / 12.92 } else { ((level + 0.055) / 1.055).powf(2.4) };
            (weight * light) as f32
        })
    })
});

/// Steps of light in [`LEVEL`]: at its steepest the curve rises by a fifth of
/// a level in one of them.
const STEPS: f32 = 16_384.0;

/// The level of every step of light.
static LEVEL: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let level = |step: usize| {
        let light = step as f64 / f64::from(STEPS);
        let level = if light <= 0.003_130_8 {
            light * 12.92
        } else {
            1.055 * light.powf(1.0 / 2.4) - 0.055
        };
        (level * 255.0).round() as u8
    };
    (0..=STEPS as usize).map(level).collect()
});

fn to_level(light: f32) -> u8 {
    LEVEL[((light * STEPS + 0.5) as usize).min(STEPS as usize)]
}

/// A Markdown table of what each step of an optimisation brought: see the exercise.
#[must_use]
pub fn improvements(steps: &[Step]) -> String {
    let mut table = String::from("| step | ms | gain | in all |\n| --- | ---: | ---: | ---: |\n");
    let factor = |from: Duration, to: Duration| {
        if to.is_zero() { "-".to_owned() } else { format!("{:.2}", from.div_duration_f64(to)) }
    };
    let before = steps.first().into_iter().chain(steps);
    for (step, before) in steps.iter().zip(before) {
        let (name, ms) = (step.name.replace('|', "\\|"), step.time.as_secs_f64() * 1000.0);
        let (gain, all) = (factor(before.time, step.time), factor(steps[0].time, step.time));
        // Writing to a string cannot fail.
        let _ = writeln!(table, "| {name} | {ms:.2} | {gain} | {all} |");
    }
    table
}
