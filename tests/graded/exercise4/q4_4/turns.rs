//! Who works on which image of question 4.4, and from when on.

use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};

use exercise4::Progress;
use harness::crew::assert_met;
use harness::{Gate, Rendezvous, expect, expect_eq, needed, seed};

use super::album::{Album, Format, VERSIONS, Version};
use super::photo;

/// All images meet at `Started`.
pub fn as_many_at_once_as_workers() {
    for count in [4, 19] {
        let album = Album::new();
        album.fill(count as u64, 30, 20);
        let rendezvous = Rendezvous::new(count);
        album.run(Version::Par, count, |progress| {
            if let Progress::Started(_) = progress {
                rendezvous.meet();
            }
        });
        let call = format!("process_images_par of {count} images with {count} workers");
        assert_met(&format!("{call}, each met at `Started`"), &rendezvous);
    }
}

/// One image waits until all others are done: the first to begin, then each by its name.
/// Six of them, since shares of two or three are no halves of halves then.
pub fn a_slow_image_holds_nobody_back() {
    const COUNT: usize = 6;
    let album = Album::new();
    album.fill(COUNT as u64, 30, 20);
    for slow in std::iter::once(None).chain((0..COUNT).map(Some)) {
        let name = slow.map(|number| format!("{number:03}.png"));
        let (gate, begun, ended) = (Gate::new(), AtomicUsize::new(0), AtomicUsize::new(0));
        album.run(Version::Par, 2, |progress| match progress {
            Progress::Started(path) => {
                let is_first = begun.fetch_add(1, Ordering::SeqCst) == 0;
                if name.as_ref().map_or(is_first, |name| path.ends_with(name)) {
                    gate.wait();
                }
            }
            Progress::Finished(_) => {
                if ended.fetch_add(1, Ordering::SeqCst) + 2 == COUNT {
                    gate.open();
                }
            }
        });
        let at = name.as_deref().unwrap_or("its first image");
        expect(
            !gate.gave_up(),
            format_args!(
                "process_images_par of {COUNT} images with 2 workers: while one worker stood at {at}, \
                 the other one did not do all the rest. A worker that is free takes the next image; \
                 no shares are dealt out beforehand."
            ),
        );
    }
}

/// At `Started` the file is another one than before: that one is to be seen.
pub fn nothing_is_read_before_it_is_told() {
    for version in VERSIONS {
        let album = Album::new();
        album.add("late.png", b"no image yet");
        let report = album.run(version, 2, |progress| {
            if let Progress::Started(path) = progress {
                needed(
                    fs::write(path, photo(seed(), 30, 20, Format::Png)),
                    "an image cannot be written",
                );
            }
        });
        let name = version.name();
        let is_done = report.iter().any(|line| line.result.is_ok());
        expect(
            is_done,
            format_args!(
                "{name} of a file that became an image at `Progress::Started`: {report:?}. Tell that it \
                 begins before anything of the image is read."
            ),
        );
    }
}

/// At `Started` an image is taken away, another one becomes a directory: both are told.
pub fn what_is_gone_is_told_in_its_place() {
    for version in VERSIONS {
        let album = Album::new();
        album.fill(4, 30, 20);
        let report = album.run(version, 2, |progress| {
            let Progress::Started(path) = progress else { return };
            let is_folder = path.ends_with("001.png");
            if is_folder || path.ends_with("002.png") {
                needed(fs::remove_file(path), "an image cannot be removed");
            }
            if is_folder {
                needed(fs::create_dir(path), "a directory cannot be made");
            }
        });
        expect_eq(
            format_args!(
                "{} of 4 images, of which 1 became a directory and 2 went away at \
                 `Progress::Started`: whether there is a small version",
                version.name()
            ),
            &report.iter().map(|line| line.result.is_ok()).collect::<Vec<_>>(),
            &vec![true, false, false, true],
        );
    }
}
