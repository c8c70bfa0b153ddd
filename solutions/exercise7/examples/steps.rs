//! Measures what each change of question 7.2's pipeline brings, in rounds:
//! `cargo run --release -p solution7 --example steps`.

use std::path::Path;
use std::time::{Duration, Instant};
use std::{fs, io};

use image::{DynamicImage, GenericImageView, GrayImage, ImageResult, Luma};
use pictures::{Format, Look, encoded, given, painted};
use solution7::{Step, improvements, shrink_all};

/// How often each state of the pipeline is measured.
const ROUNDS: usize = 41;

/// Width and height of a small image.
const SIDE: u32 = 256;

/// The states of the pipeline: each has the changes of those before it.
const STATES: [&str; 5] = [
    "given",
    "1. a table for the curve of sRGB",
    "2. shares worked out once, sums without a `Vec`",
    "3. the light lent to `column`, not cloned",
    "the solution: decoded once, rows in order, levels by a table, one filter",
];

fn main() -> io::Result<()> {
    let place = tempfile::tempdir()?;
    let (input, output) = (place.path().join("images"), place.path().join("small"));
    fs::create_dir(&input)?;
    for (seed, format) in [(1, Format::Png), (2, Format::Jpeg)] {
        let picture = painted(seed, 300, 290, Look { grain: 60, lightest: 250 });
        fs::write(input.join(format!("{format:?}")), encoded(&picture, format))?;
    }
    let mut times = vec![Vec::new(); STATES.len()];
    for _ in 0..ROUNDS {
        for (state, times) in times.iter_mut().enumerate() {
            let start = Instant::now();
            match state {
                0 => drop(given::shrink_all(&input, &output)?),
                4 => drop(shrink_all(&input, &output)?),
                _ => shrink_with(state, &input, &output)?,
            }
            times.push(start.elapsed());
        }
    }
    let median = |times: &mut Vec<Duration>| {
        times.sort();
        times[times.len() / 2]
    };
    let steps = STATES.iter().zip(&mut times);
    let steps: Vec<Step> =
        steps.map(|(name, times)| Step { name: (*name).to_owned(), time: median(times) }).collect();
    print!("{}", improvements(&steps));
    Ok(())
}

/// The given pipeline with the first changes.
fn shrink_with(changes: usize, input: &Path, output: &Path) -> io::Result<()> {
    fs::create_dir_all(output)?;
    let table: Vec<f64> = (0..=255).map(to_light).collect();
    for entry in fs::read_dir(input)? {
        let path = entry?.path();
        let shrunk = decode(&path).and_then(|_| {
            let small = small_gray(changes, &table, &decode(&path)?);
            small
                .save(output.join(path.file_name().unwrap_or_default()).with_added_extension("png"))
        });
        shrunk.map_err(io::Error::other)?;
    }
    Ok(())
}

fn decode(path: &Path) -> ImageResult<DynamicImage> {
    image::ImageReader::open(path)?.with_guessed_format()?.decode()
}

fn small_gray(changes: usize, table: &[f64], image: &DynamicImage) -> GrayImage {
    let (width, height) = image.dimensions();
    let mut light = Vec::new();
    for x in 0..width {
        for y in 0..height {
            let [red, green, blue, _] = image.get_pixel(x, y).0.map(usize::from);
            light.push(0.2126 * table[red] + 0.7152 * table[green] + 0.0722 * table[blue]);
        }
    }
    let rows: Vec<Vec<(f64, usize)>> = (0..SIDE).map(|y| covered(y, height)).collect();
    let mut small = GrayImage::new(SIDE, SIDE);
    for x in 0..SIDE {
        let column = match changes {
            1 => cloned_column(light.clone(), width, height, x),
            2 => summed_column(&light.clone(), width, height, x, &rows),
            _ => summed_column(&light, width, height, x, &rows),
        };
        for (y, mean) in (0..SIDE).zip(column) {
            small.put_pixel(x, y, Luma([to_level(mean)]));
        }
    }
    small
}

#[inline(never)]
fn summed_column(
    light: &[f64],
    width: u32,
    height: u32,
    x: u32,
    rows: &[Vec<(f64, usize)>],
) -> Vec<f64> {
    let columns = covered(x, width);
    let area = f64::from(width) * f64::from(height) / f64::from(SIDE * SIDE);
    let point = |rows: &Vec<(f64, usize)>| -> f64 {
        let lines = columns.iter().map(|(across, column)| {
            let line = &light[column * height as usize..];
            across * rows.iter().map(|(down, row)| down * line[*row]).sum::<f64>()
        });
        lines.sum::<f64>() / area
    };
    rows.iter().map(point).collect()
}

#[inline(never)]
fn cloned_column(light: Vec<f64>, width: u32, height: u32, x: u32) -> Vec<f64> {
    (0..SIDE).map(|y| point(&light, width, height, x, y)).collect()
}

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

#[inline(never)]
fn covered(at: u32, length: u32) -> Vec<(f64, usize)> {
    let scale = f64::from(length) / f64::from(SIDE);
    let (begin, end) = (f64::from(at) * scale, f64::from(at + 1) * scale);
    let mut parts = Vec::new();
    let mut index = begin.floor();
    while index < end {
        let part = (index + 1.0).min(end) - index.max(begin);
        if part > 0.0 && index < f64::from(length) {
            parts.push((part, index as usize));
        }
        index += 1.0;
    }
    parts
}

fn to_light(level: u8) -> f64 {
    let level = f64::from(level) / 255.0;
    if level <= 0.04045 { level / 12.92 } else { ((level + 0.055) / 1.055).powf(2.4) }
}

#[inline(never)]
fn to_level(light: f64) -> u8 {
    let level =
        if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 };
    (level * 255.0).round().clamp(0.0, 255.0) as u8
}
