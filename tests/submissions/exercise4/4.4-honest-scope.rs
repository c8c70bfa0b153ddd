//! Threads of a scope that take the next index, files written through a buffer.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

pub fn process_images_par(
    input: &Path,
    output: &Path,
    workers: usize,
    progress: impl Fn(Progress<'_>) + Sync,
) -> io::Result<Vec<Processed>> {
    if workers == 0 {
        panic!("no workers");
    }
    let sources = prepare(input, output)?;
    let next = AtomicUsize::new(0);
    let report = Mutex::new(Vec::with_capacity(sources.len()));
    std::thread::scope(|scope| {
        for _ in 0..workers.min(sources.len()) {
            scope.spawn(|| {
                loop {
                    let Some(source) = sources.get(next.fetch_add(1, Ordering::SeqCst)) else {
                        break;
                    };
                    let processed = process(source.clone(), output, &progress);
                    report.lock().unwrap().push(processed);
                }
            });
        }
    });
    let mut report = report.into_inner().unwrap();
    report.sort_by(|left, right| left.source.file_name().cmp(&right.source.file_name()));
    Ok(report)
}

fn save(small: &GrayImage, target: PathBuf) -> ImageResult<PathBuf> {
    use std::io::Write;
    let mut hidden = std::ffi::OsString::from(".");
    hidden.push(target.file_name().unwrap());
    let hidden = target.with_file_name(hidden);
    let write = || -> ImageResult<()> {
        let mut file = io::BufWriter::new(fs::File::create(&hidden)?);
        small.write_with_encoder(image::codecs::png::PngEncoder::new(&mut file))?;
        file.flush()?;
        fs::rename(&hidden, &target)?;
        Ok(())
    };
    match write() {
        Ok(()) => Ok(target),
        Err(error) => {
            fs::remove_file(&hidden).ok();
            Err(error)
        }
    }
}
