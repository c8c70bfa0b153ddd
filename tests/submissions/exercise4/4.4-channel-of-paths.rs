//! Honest: a channel of numbered paths, gray before small, packed straight into
//! a hidden file.

use crossbeam::channel::unbounded;

pub fn process_images_par(
    input: &Path,
    output: &Path,
    workers: usize,
    progress: impl Fn(Progress<'_>) + Sync,
) -> io::Result<Vec<Processed>> {
    assert!(workers > 0, "work needs at least one worker");
    let (tasks, queue) = unbounded();
    for (index, source) in prepare(input, output)?.into_iter().enumerate() {
        tasks.send((index, source)).unwrap();
    }
    drop(tasks);
    let (reply, results) = unbounded();
    std::thread::scope(|scope| {
        for _ in 0..workers {
            let (queue, reply, progress) = (queue.clone(), reply.clone(), &progress);
            scope.spawn(move || {
                for (index, source) in queue {
                    reply.send((index, process(source, output, progress))).unwrap();
                }
            });
        }
    });
    drop(reply);
    let mut report: Vec<(usize, Processed)> = results.iter().collect();
    report.sort_by_key(|(index, _)| *index);
    Ok(report.into_iter().map(|(_, line)| line).collect())
}

fn shrink(source: &Path) -> ImageResult<GrayImage> {
    let bytes = fs::read(source)?;
    let gray = image::load_from_memory(&bytes)?.into_luma8();
    Ok(image::imageops::resize(&gray, SIDE, SIDE, FilterType::Triangle))
}

fn save(small: &GrayImage, target: PathBuf) -> ImageResult<PathBuf> {
    let mut hidden = std::ffi::OsString::from(".");
    hidden.push(target.file_name().unwrap_or_default());
    let hidden = target.with_file_name(hidden);
    let saved = small
        .save_with_format(&hidden, ImageFormat::Png)
        .and_then(|()| Ok(fs::rename(&hidden, &target)?));
    if let Err(error) = saved {
        let _ = fs::remove_file(&hidden);
        return Err(error);
    }
    Ok(target)
}
