//! A directory of images and a place for their small versions.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use exercise4::{Processed, Progress, process_images_par, process_images_seq};
use harness::{Scratch, expect, expect_eq, fail, needed};
use pictures::{Look, encoded, painted};

pub use pictures::Format;

/// The two versions, for what they have in common.
pub const VERSIONS: [Version; 2] = [Version::Seq, Version::Par];

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Version {
    Seq,
    Par,
}

impl Version {
    pub fn name(self) -> &'static str {
        match self {
            Self::Seq => "process_images_seq",
            Self::Par => "process_images_par",
        }
    }

    pub fn call(
        self,
        input: &Path,
        output: &Path,
        workers: usize,
        progress: impl Fn(Progress<'_>) + Sync,
    ) -> std::io::Result<Vec<Processed>> {
        match self {
            Self::Seq => process_images_seq(input, output, workers, progress),
            Self::Par => process_images_par(input, output, workers, progress),
        }
    }
}

/// Folders of a check's own: `photos` with images, `small` not there yet.
pub struct Album {
    scratch: Scratch,
}

impl Album {
    pub fn new() -> Self {
        let album = Self { scratch: Scratch::new() };
        let photos = album.scratch.folder().join("photos");
        needed(fs::create_dir(photos), "the test's folder cannot be made");
        album
    }

    /// By a detour: what a report says begins with the path that was given.
    pub fn input(&self) -> PathBuf {
        self.scratch.folder().join("photos/../photos")
    }

    pub fn output(&self) -> PathBuf {
        self.scratch.folder().join("photos/../small")
    }

    pub fn add(&self, name: impl AsRef<Path>, bytes: impl AsRef<[u8]>) {
        needed(fs::write(self.input().join(name), bytes), "the test's file cannot be written");
    }

    /// Adds `count` small PNG files `0.png`, `1.png`, … of one picture.
    pub fn fill(&self, count: u64, width: u32, height: u32) {
        let bytes = encoded(&painted(count, width, height, Look::PHOTO), Format::Png);
        for number in 0..count {
            // Links to one file: quicker than as many copies.
            let path = self.input().join(format!("{number:03}.png"));
            match number {
                0 => fs::write(path, &bytes),
                _ => fs::hard_link(self.input().join("000.png"), path),
            }
            .expect("the test's file can be written");
        }
    }

    /// Runs a version, which must not fail as a whole.
    pub fn run(
        &self,
        version: Version,
        workers: usize,
        progress: impl Fn(Progress<'_>) + Sync,
    ) -> Vec<Processed> {
        version.call(&self.input(), &self.output(), workers, progress).unwrap_or_else(|error| {
            fail(format!(
                "{} gave up the whole directory with the error \"{error}\". Only a directory that cannot be \
                 listed or made ends it all; a bad image is told in its own `result`, and does not stop \
                 the others.",
                version.name()
            ))
        })
    }

    /// Names of what is in the output directory.
    pub fn saved(&self) -> BTreeSet<OsString> {
        let entries = fs::read_dir(self.output()).into_iter().flatten();
        entries.flatten().map(|entry| entry.file_name()).collect()
    }
}

/// Ends the check unless the report has exactly these images, in this order,
/// with these results: `true` for a saved one.
pub fn expect_report(
    version: Version,
    album: &Album,
    got: &[Processed],
    want: &[(OsString, bool)],
) {
    let name = version.name();
    let sources: Vec<PathBuf> = got.iter().map(|line| line.source.clone()).collect();
    expect_eq(
        format_args!("the images in the report of {name}, in the order of their names"),
        &sources,
        &want.iter().map(|(image, _)| album.input().join(image)).collect(),
    );
    for (line, (image, is_saved)) in got.iter().zip(want) {
        let image = image.to_string_lossy();
        match (&line.result, is_saved) {
            (Ok(_), false) => {
                fail(format!("{name} reports no error for {image}, which is no whole image."))
            }
            (Err(error), true) => fail(format!(
                "{name} reports the error \"{error}\" for {image}, which is a good image."
            )),
            (Ok(target), true) => expect(
                target.is_file(),
                format_args!(
                    "{name} reports {image} as saved, but {} is not there.",
                    target.display()
                ),
            ),
            (Err(error), false) => expect(
                !error.to_string().trim().is_empty(),
                format_args!("{name} reports an error without words for {image}."),
            ),
        }
    }
    let saved = want.iter().filter(|(_, is_saved)| *is_saved).count();
    let files = album.saved();
    if files.len() < saved {
        fail(format!(
            "{name} reports {saved} images as saved, but the output directory has only {} files: \
             {files:?}. Two images must never share one file.",
            files.len()
        ));
    }
    expect(
        files.len() == saved,
        format_args!(
            "{name} saved {saved} images and left {} files in the output directory: {files:?}.",
            files.len()
        ),
    );
}

/// Ends the check unless every small version has the name of its image with
/// `.png` behind.
pub fn expect_names(version: Version, album: &Album, got: &[Processed]) {
    for line in got {
        let image = line.source.file_name().unwrap_or_default();
        let mut small = image.to_owned();
        small.push(".png");
        if let Ok(target) = &line.result {
            expect_eq(
                format_args!("{}: where the small version of {image:?} is", version.name()),
                target,
                &album.output().join(small),
            );
        }
    }
}
