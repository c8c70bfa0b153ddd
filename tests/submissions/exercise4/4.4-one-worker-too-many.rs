//! Lets the caller work too, beside as many workers as it was given.

use std::sync::Mutex;

pub fn process_images_par(
    input: &Path,
    output: &Path,
    workers: usize,
    progress: impl Fn(Progress<'_>) + Sync,
) -> io::Result<Vec<Processed>> {
    assert!(workers > 0, "work needs at least one worker");
    let queue = Mutex::new(prepare(input, output)?.into_iter());
    let report = Mutex::new(Vec::new());
    let work = || {
        loop {
            let Some(source) = queue.lock().unwrap().next() else { break };
            let line = process(source, output, &progress);
            report.lock().unwrap().push(line);
        }
    };
    std::thread::scope(|scope| {
        (0..workers).for_each(|_| _ = scope.spawn(work));
        work();
    });
    let mut report = report.into_inner().unwrap();
    report.sort_by(|left, right| left.source.cmp(&right.source));
    Ok(report)
}
