//! The timed call of question 7.2.

use timing::{Call, TimedCall, on_one_thread};
use workloads::PictureFolders;

/// `shrink_all` on a few images and a broken one.
pub const TIMED: TimedCall = TimedCall { question: "7.2", prepare };

fn prepare(seed: u64, size: u64, _threads: usize) -> Call {
    let pictures = PictureFolders::new(seed, size);
    Box::new(move || {
        let (input, output) = (pictures.folders.input(), pictures.folders.output());
        let report = on_one_thread(|| exercise7::shrink_all(&input, &output));
        pictures.outcome(report.map_or(0, |report| report.len()))
    })
}
