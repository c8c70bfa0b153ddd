//! The timed call of question 7.3.

use timing::{Call, TimedCall};
use workloads::SalesFiles;

/// `process_par` over the files of a hundred shops and more.
pub const TIMED: TimedCall = TimedCall { question: "7.3", prepare };

fn prepare(seed: u64, size: u64, threads: usize) -> Call {
    let files = SalesFiles::new(seed, size);
    Box::new(move || {
        let counts = exercise7::process_par(&files.inputs, &files.output, threads);
        files.digest(counts.expect("the files can be read and the outputs written"))
    })
}
