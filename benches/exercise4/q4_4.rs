//! The timed call of question 4.4.

use timing::{Call, TimedCall};
use workloads::ImageFolders;

/// `process_images_par` on a directory of PNG and JPEG files.
pub const TIMED: TimedCall = TimedCall { question: "4.4", prepare };

fn prepare(seed: u64, size: u64, threads: usize) -> Call {
    let images = ImageFolders::new(seed, size);
    Box::new(move || {
        let (input, output) = (images.folders.input(), images.folders.output());
        let report = exercise4::process_images_par(&input, &output, threads, |_| ());
        drop(report);
        images.outcome()
    })
}
