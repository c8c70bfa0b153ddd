//! Question 4.4: small gray versions of a directory of images.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Cursor};
use std::path::{Path, PathBuf};

use image::imageops::FilterType;
use image::{GrayImage, ImageFormat, ImageReader, ImageResult};
use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

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

/// Width and height of the small versions.
const SIDE: u32 = 256;

/// One image after another: the oracle of the parallel version.
pub fn process_images_seq(
    input: &Path,
    output: &Path,
    workers: usize,
    progress: impl Fn(Progress<'_>) + Sync,
) -> io::Result<Vec<Processed>> {
    assert!(workers > 0, "work needs at least one worker");
    let sources = prepare(input, output)?;
    Ok(sources.into_iter().map(|source| process(source, output, &progress)).collect())
}

/// The same with a pool of its own, which `build_scoped` joins at the end.
///
/// Images differ in size, so each is a task of its own (`with_max_len`), for
/// the next free worker. What travels between threads are paths; everything
/// large lives and dies inside `process`, and that bounds the memory.
pub fn process_images_par(
    input: &Path,
    output: &Path,
    workers: usize,
    progress: impl Fn(Progress<'_>) + Sync,
) -> io::Result<Vec<Processed>> {
    assert!(workers > 0, "work needs at least one worker");
    let sources = prepare(input, output)?;
    let work = || {
        let sources = sources.into_par_iter().with_max_len(1);
        sources.map(|source| process(source, output, &progress)).collect()
    };
    ThreadPoolBuilder::new()
        .num_threads(workers)
        .build_scoped(|thread| thread.run(), |pool| pool.install(work))
        .map_err(io::Error::other)
}

/// Lists the images in the order of their names, and makes the output directory.
fn prepare(input: &Path, output: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(input)?.map(|entry| Ok(entry?.path()));
    let mut sources: Vec<PathBuf> = entries.collect::<io::Result<_>>()?;
    sources.retain(|path| path.extension().is_some_and(is_image) && path.is_file());
    sources.sort_unstable();
    fs::create_dir_all(output)?;
    Ok(sources)
}

fn is_image(extension: &OsStr) -> bool {
    ["png", "jpg", "jpeg"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// One image from start to end: a failure stays in its own line of the report.
fn process(source: PathBuf, output: &Path, progress: &impl Fn(Progress<'_>)) -> Processed {
    progress(Progress::Started(&source));
    let result = shrink(&source).and_then(|small| save(&small, target(&source, output)));
    progress(Progress::Finished(&source));
    Processed { source, result }
}

/// The extension is appended, not replaced: else `cat.png` and `cat.jpg` become
/// one file.
fn target(source: &Path, output: &Path) -> PathBuf {
    let mut name = source.file_name().unwrap_or_default().to_owned();
    name.push(".png");
    output.join(name)
}

fn shrink(source: &Path) -> ImageResult<GrayImage> {
    // `image::open` would believe the extension.
    let image = ImageReader::open(source)?.with_guessed_format()?.decode()?;
    Ok(image.resize_exact(SIDE, SIDE, FilterType::Triangle).into_luma8())
}

/// Writes under another name in the same directory and renames: the only step
/// that others can see is the last one, and that is all or nothing.
///
/// Packed in memory first, 64 KiB at most: one write, whose error cannot be
/// lost in a buffer. Without `sync_all`: whole for every reader, though not yet
/// safe from a power cut.
fn save(small: &GrayImage, target: PathBuf) -> ImageResult<PathBuf> {
    let mut bytes = Cursor::new(Vec::new());
    small.write_to(&mut bytes, ImageFormat::Png)?;
    let unfinished = target.with_added_extension("unfinished");
    let saved =
        fs::write(&unfinished, bytes.get_ref()).and_then(|()| fs::rename(&unfinished, &target));
    if saved.is_err() {
        // The first failure is the one to report.
        let _ = fs::remove_file(&unfinished);
    }
    saved?;
    Ok(target)
}
