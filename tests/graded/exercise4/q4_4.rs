//! Checks of question 4.4: small gray versions of a directory of images.

mod album;
mod edges;
mod turns;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use exercise4::{Processed, Progress};
use harness::proptest::prelude::*;
use harness::{
    FileEvent, FolderWatch, InFlight, checks, expect, expect_eq, fail, heap, needed, property, seed,
};
use pictures::{Look, difference, encoded, gray_png, painted, small_gray, whole_png};

use album::{Album, Format, VERSIONS, Version, expect_names, expect_report};
use harness::crew::Chance;

checks! {
    "4.4/pixels" => small_and_gray_within_tolerance,
    "4.4/names" => every_image_has_a_file_of_its_own,
    "4.4/corrupt" => a_bad_image_stops_nobody,
    "4.4/whole" => files_are_whole_or_absent,
    "4.4/edges" => edges::nothing_to_do_and_nobody_to_do_it,
    "4.4/together" => images_are_worked_on_together,
    "4.4/limit" => never_more_images_than_workers,
    "4.4/memory" => memory_does_not_grow_with_the_directory,
}

/// Mean and worst difference that the contract allows.
const TOLERANCE: (f64, u8) = (1.0, 3);

/// Where the report says that the small version of an image is.
fn saved_at(report: &[Processed], image: &Path) -> PathBuf {
    match report.iter().find(|line| line.source == image).map(|line| &line.result) {
        Some(Ok(target)) => target.clone(),
        Some(Err(error)) => {
            fail(format!("{} is reported with the error \"{error}\".", image.display()))
        }
        None => fail(format!("{} is missing from the report.", image.display())),
    }
}

fn photo(seed: u64, width: u32, height: u32, format: Format) -> Vec<u8> {
    encoded(&painted(seed, width, height, Look::PHOTO), format)
}

/// Compares both versions with the reference on one picture in every format.
fn expect_small_versions(seed: u64, width: u32, height: u32) {
    let album = Album::new();
    let mut images = Vec::new();
    for format in Format::ALL {
        let extension = if format == Format::Jpeg { "jpg" } else { "png" };
        let name = format!("{format:?}.{extension}");
        let bytes = photo(seed, width, height, format);
        album.add(&name, &bytes);
        images.push((name, small_gray(&bytes)));
    }
    for version in VERSIONS {
        let report = album.run(version, 2, |_| ());
        for (name, want) in &images {
            let what = format!("{} of {name} with {width} x {height} points", version.name());
            let path = saved_at(&report, &album.input().join(name));
            let got = gray_png(&path).unwrap_or_else(|why| {
                fail(format!("{what}: expected an 8-bit gray PNG file of 256 x 256 points, {why}."))
            });
            let off = difference(&got, want);
            if off.mean > TOLERANCE.0 || off.worst > TOLERANCE.1 {
                fail(format!(
                    "{what}: the levels of gray differ from the exact ones by {:.2} on average and {} at \
                     the worst point; {} and {} are allowed. Use the triangle filter and the weights of \
                     `to_luma8`, and round once, at the end.",
                    off.mean, off.worst, TOLERANCE.0, TOLERANCE.1
                ));
            }
            fs::remove_file(path).expect("the small version can be removed");
        }
    }
}

fn small_and_gray_within_tolerance() {
    for (width, height) in [(256, 256), (512, 512), (300, 200), (1, 1), (1, 300)] {
        expect_small_versions(seed(), width, height);
    }
    let inputs = (any::<u64>(), 1..400_u32, 1..400_u32);
    property(6, inputs, |(seed, width, height)| expect_small_versions(seed, width, height));
}

fn every_image_has_a_file_of_its_own() {
    let album = Album::new();
    let png = photo(seed(), 40, 30, Format::Png);
    let jpeg = photo(seed(), 40, 30, Format::Jpeg);
    // A name that is no UTF-8 text, and one that differs from it in nothing else.
    let odd =
        [&b"bild\xfe.png"[..], b"bild\xff.png"].map(|name| OsStr::from_bytes(name).to_owned());
    let mut want: Vec<OsString> = odd.to_vec();
    for name in [".hidden.png", "cat.png", "DOG.PNG", "two words.png", "cat.tar.png"] {
        album.add(name, &png);
        want.push(name.into());
    }
    odd.iter().for_each(|name| album.add(name, &png));
    for name in ["cat.jpg", "cat.jpeg", "Bird.JpG", "cat.png.png.jpg"] {
        album.add(name, &jpeg);
        want.push(name.into());
    }
    album.add("notes.txt", "no image");
    album.add("cat", &png);
    album.add("cat.png.txt", &png);
    album.add("cat.pngx", &png);
    album.add(".png", &png);
    ["cat.gif", "cat.jpe", "cat.webp", "cat.bmp"].iter().for_each(|name| album.add(name, &png));
    needed(fs::create_dir(album.input().join("album.png")), "a folder cannot be made");
    album.add("album.png/inside.png", &png);
    want.sort();
    let want: Vec<_> = want.into_iter().map(|name| (name, true)).collect();
    for version in VERSIONS {
        let report = album.run(version, 3, |_| ());
        expect_report(version, &album, &report, &want);
        expect_names(version, &album, &report);
        fs::remove_dir_all(album.output()).expect("the output can be removed");
    }
    // A file's content says what it is.
    album.add("really a jpeg.png", &jpeg);
    album.add("really a png.jpg", &png);
    for version in VERSIONS {
        for line in album.run(version, 3, |_| ()) {
            if let Err(error) = line.result {
                fail(format!(
                    "{} reports the error \"{error}\" for {:?}: the content of a file says which \
                     format it has, not its name.",
                    version.name(),
                    line.source.file_name().unwrap_or_default()
                ));
            }
        }
    }
}

fn a_bad_image_stops_nobody() {
    let album = Album::new();
    let png = photo(seed(), 80, 60, Format::Png);
    let jpeg = photo(seed(), 80, 60, Format::Jpeg);
    let mut flipped = png.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 0x55;
    let bad: [(&str, &[u8]); 6] = [
        ("00 empty.png", b""),
        ("01 text.jpg", b"this is no image at all"),
        ("03 cut off.png", &png[..png.len() / 2]),
        ("05 only a header.jpg", &jpeg[..40]),
        ("06 one byte wrong.png", &flipped),
        ("08 another format.png", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"),
    ];
    let good = [("02.png", &png), ("04.jpg", &jpeg), ("07.png", &png), ("09.jpg", &jpeg)];
    bad.iter().for_each(|(name, bytes)| album.add(name, bytes));
    good.iter().for_each(|(name, bytes)| album.add(name, bytes));
    let mut want: Vec<(OsString, bool)> = bad
        .iter()
        .map(|(name, _)| ((*name).into(), false))
        .chain(good.iter().map(|(name, _)| ((*name).into(), true)))
        .collect();
    want.sort();
    for version in VERSIONS {
        for workers in [1, 3] {
            let (started, finished) = (Mutex::new(Vec::new()), Mutex::new(Vec::new()));
            let report = album.run(version, workers, |progress| {
                let (told, path) = match progress {
                    Progress::Started(path) => (&started, path),
                    Progress::Finished(path) => (&finished, path),
                };
                let name = path.file_name().unwrap_or_default().to_owned();
                told.lock().unwrap_or_else(PoisonError::into_inner).push(name);
            });
            expect_report(version, &album, &report, &want);
            let name = version.name();
            let all: Vec<&OsString> = want.iter().map(|(image, _)| image).collect();
            for (what, told) in [("Started", &started), ("Finished", &finished)] {
                let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
                told.sort();
                expect_eq(
                    format_args!(
                        "{name}: the images of which `{what}` was told, sound and broken,"
                    ),
                    &told.iter().collect::<Vec<_>>(),
                    &all,
                );
            }
            fs::remove_dir_all(album.output()).expect("the output can be removed");
        }
    }
    turns::what_is_gone_is_told_in_its_place();
}

fn files_are_whole_or_absent() {
    for version in VERSIONS {
        let name = version.name();
        let album = Album::new();
        album.fill(6, 60, 40);
        // A first run tells the names; then two places are changed.
        let targets: Vec<PathBuf> = {
            let report = album.run(version, 2, |_| ());
            let saved = report.iter().map(|line| saved_at(&report, &line.source));
            saved.collect()
        };
        let (old, taken) = (&targets[1], &targets[4]);
        needed(fs::write(old, "an earlier result"), "a file cannot be written");
        fs::remove_file(taken).expect("a file can be removed");
        needed(fs::create_dir(taken), "a folder cannot be made");

        let watch = FolderWatch::new(&album.output()).expect("a folder can be watched");
        let half_done = Mutex::new(Vec::new());
        let report = album.run(version, 2, |progress| {
            if let Progress::Finished(source) = progress {
                let number = source.file_stem().and_then(OsStr::to_str);
                let number: usize = number.and_then(|name| name.parse().ok()).unwrap_or_default();
                if number != 4
                    && let Err(why) = whole_png(&targets[number])
                {
                    let name = targets[number].file_name().unwrap_or_default().to_owned();
                    half_done.lock().unwrap_or_else(PoisonError::into_inner).push((name, why));
                }
            }
        });
        let half_done = half_done.into_inner().unwrap_or_else(PoisonError::into_inner);
        expect(
            half_done.is_empty(),
            format_args!(
                "{name} told `Finished` before these files were whole under their final names: {half_done:?}."
            ),
        );
        let events = needed(watch.events(), "what happened cannot be read");
        for small in targets.iter().filter(|small| *small != taken) {
            let small = Path::new(small.file_name().unwrap_or_default());
            let of_it: Vec<FileEvent> =
                events.iter().filter(|(file, _)| file == small).map(|(_, event)| *event).collect();
            let shown = small.display();
            expect(
                !of_it.contains(&FileEvent::Written),
                format_args!(
                    "{name} wrote {shown} under its final name, so that others can see half of it \
                     ({of_it:?}). Write under another name in the same directory, then rename: that \
                     puts the whole file there in one step."
                ),
            );
            expect(
                !of_it.contains(&FileEvent::Gone),
                format_args!(
                    "{name} removed {shown} before the new one was there ({of_it:?}): a rename \
                     replaces the old file by itself."
                ),
            );
        }
        let failed: Vec<&OsStr> = report
            .iter()
            .filter(|line| line.result.is_err())
            .filter_map(|line| line.source.file_name())
            .collect();
        expect_eq(
            format_args!(
                "{name}, with a directory in the place of 004.png's small version: the images that \
                 could not be saved"
            ),
            &failed,
            &vec![OsStr::new("004.png")],
        );
        let want: BTreeSet<OsString> = targets
            .iter()
            .map(|target| target.file_name().unwrap_or_default().to_owned())
            .collect();
        expect_eq(
            format_args!(
                "{name}: what is in the output directory after a failed save, where nothing \
                 unfinished may stay,"
            ),
            &album.saved(),
            &want,
        );
    }
}

fn images_are_worked_on_together() {
    turns::as_many_at_once_as_workers();
    turns::a_slow_image_holds_nobody_back();
    turns::nothing_is_read_before_it_is_told();
}

fn never_more_images_than_workers() {
    const IMAGES: u64 = 24;
    let album = Album::new();
    album.fill(IMAGES, 30, 20);
    for (version, workers, allowed) in
        [(Version::Par, 3, 3), (Version::Par, 1, 1), (Version::Seq, 3, 1)]
    {
        let what = format!("{} of {IMAGES} images with {workers} workers", version.name());
        let (jobs, surplus) = (InFlight::new(), Chance::default());
        let under_way = Mutex::new(BTreeMap::new());
        let threads = Mutex::new(HashSet::new());
        let caller = std::thread::current().id();
        album.run(version, workers, |progress| {
            let thread = std::thread::current().id();
            match progress {
                Progress::Started(source) => {
                    let job = jobs.enter();
                    threads.lock().unwrap_or_else(PoisonError::into_inner).insert(thread);
                    let mut under_way = under_way.lock().unwrap_or_else(PoisonError::into_inner);
                    under_way.insert(source.to_owned(), (job, thread));
                    drop(under_way);
                    surplus.wait(|| jobs.now() > allowed);
                }
                Progress::Finished(source) => {
                    let mut under_way = under_way.lock().unwrap_or_else(PoisonError::into_inner);
                    match under_way.remove(source) {
                        Some((_, starter)) if starter == thread => {}
                        _ => fail(format!(
                            "{what}: `Finished` for {} came without a `Started` on the same thread.",
                            source.display()
                        )),
                    }
                }
            }
        });
        expect(
            jobs.peak() <= allowed,
            format_args!(
                "{what} had {} images between `Started` and `Finished` at once; at most {allowed} may be.",
                jobs.peak()
            ),
        );
        let mut threads = threads.into_inner().unwrap_or_else(PoisonError::into_inner);
        threads.remove(&caller);
        let most = if version == Version::Seq { 0 } else { workers };
        expect(
            threads.len() <= most,
            format_args!(
                "{what} worked on {} threads besides the caller's; at most {most} may.",
                threads.len()
            ),
        );
        let left = under_way.into_inner().unwrap_or_else(PoisonError::into_inner).len();
        expect_eq(
            format_args!("{what}: calls of `progress` with `Started`"),
            &jobs.started(),
            &(IMAGES as usize),
        );
        expect_eq(format_args!("{what}: images without a `Finished`"), &left, &0);
    }
}

fn memory_does_not_grow_with_the_directory() {
    let prepare = |count: u64| {
        let album = Album::new();
        album.fill(count, 120, 160);
        (album, count)
    };
    // One worker, so that the figures repeat: with two they depend on which
    // images meet at their largest. The steps are wide enough that a worker too
    // many, who adds one image at most, cannot pass for growth with each image.
    heap::measure("images", &[16, 80, 144], prepare, |(album, count)| {
        // Each run does all of the work, whatever the one before has left.
        let _ = fs::remove_dir_all(album.output());
        let report = album.run(Version::Par, 1, |_| ());
        let saved = report.iter().filter(|line| line.result.is_ok()).count();
        expect_eq("the number of images saved", &(saved as u64), count);
    });
}
