//! What question 4.4 does with nothing to do, with nobody to do it, and where it cannot.

use std::io::ErrorKind;

use exercise4::Progress;
use harness::crew::in_time;
use harness::{expect, expect_eq, threads_now, wait_for_threads};

use super::album::{Album, VERSIONS, Version};

pub fn nothing_to_do_and_nobody_to_do_it() {
    for version in VERSIONS {
        let name = version.name();
        let album = Album::new();
        let report = album.run(version, 3, |_| ());
        expect_eq(
            format_args!("{name} of an empty directory: the report's length"),
            &report.len(),
            &0,
        );
        expect(
            album.output().is_dir(),
            format_args!("{name} of an empty directory: `output` must be made all the same."),
        );
        album.fill(2, 20, 20);
        let threads = threads_now();
        let report = album.run(version, 16, |_| ());
        expect_eq(
            format_args!("{name} of 2 images with 16 workers: the report's length"),
            &report.len(),
            &2,
        );
        expect(
            wait_for_threads(threads),
            format_args!("{name} left threads behind: end and join them."),
        );
        let missing = album.input().join("missing");
        let outcome = version.call(&missing, &album.output(), 2, |_| ());
        let got = outcome.map(|report| report.len()).map_err(|error| error.kind());
        expect_eq(format_args!("{name} of a missing directory"), &got, &Err(ErrorKind::NotFound));
        let deep = album.output().join("new/small");
        let outcome = version.call(&album.input(), &deep, 2, |_| ());
        let got = outcome.map(|report| report.len()).map_err(|error| error.kind());
        expect_eq(
            format_args!(
                "{name}, where the folder of `output` is missing too: the report's length"
            ),
            &got,
            &Ok(2),
        );
        let below_a_file = album.input().join("000.png/small");
        let outcome = version.call(&album.input(), &below_a_file, 2, |_| ());
        let got = outcome.map(|report| report.len()).map_err(|_| "an error");
        expect_eq(
            format_args!("{name}, where `output` is to be made below a file"),
            &got,
            &Err("an error"),
        );
        a_panic_of_progress_comes_through(version, &album);
        let nothing = Album::new();
        for (input, what) in [(album.input(), "2 images"), (nothing.input(), "no images")] {
            let output = album.output();
            let call = format!("{name} of {what} with 0 workers");
            let outcome = in_time(&call, move || version.call(&input, &output, 0, |_| ()).is_ok());
            expect(
                outcome.is_err(),
                format_args!(
                    "{call} came back: without a worker nothing can be done, so it must panic."
                ),
            );
        }
    }
}

/// The caller's own panic, before an image is read and after it is done.
fn a_panic_of_progress_comes_through(version: Version, album: &Album) {
    let name = version.name();
    for (breaks, event) in [("Started", "before"), ("Finished", "after")] {
        let (input, output) = (album.input(), album.output());
        let call = format!("{name} of 2 images, where `progress` panics at `{breaks}`");
        let progress = move |progress: Progress<'_>| {
            let is_event = match progress {
                Progress::Started(_) => breaks == "Started",
                Progress::Finished(_) => breaks == "Finished",
            };
            assert!(!is_event, "the caller's own panic");
        };
        let outcome = in_time(&call, move || version.call(&input, &output, 2, progress).is_ok());
        expect(
            outcome.is_err(),
            format_args!(
                "{call}, {event} an image is done, came back: the panic is the caller's, and it \
                 must reach the caller."
            ),
        );
    }
}
