//! A task for each image in a rayon scope, a map by path, and extensions in small letters.

use std::collections::BTreeMap;
use std::sync::Mutex;

pub fn process_images_par(
    input: &Path,
    output: &Path,
    workers: usize,
    progress: impl Fn(Progress<'_>) + Sync,
) -> io::Result<Vec<Processed>> {
    assert!(workers != 0);
    let sources = prepare(input, output)?;
    let done: Mutex<BTreeMap<PathBuf, ImageResult<PathBuf>>> = Mutex::default();
    let work = |pool: &rayon::ThreadPool| {
        pool.scope(|scope| {
            for source in &sources {
                scope.spawn(|_| {
                    let Processed { source, result } =
                        process(source.to_path_buf(), output, &progress);
                    done.lock().unwrap().insert(source, result);
                });
            }
        });
    };
    ThreadPoolBuilder::new()
        .num_threads(workers.min(sources.len().max(1)))
        .build_scoped(|thread| thread.run(), work)
        .map_err(io::Error::other)?;
    let done = done.into_inner().unwrap();
    Ok(done.into_iter().map(|(source, result)| Processed { source, result }).collect())
}

fn is_image(extension: &OsStr) -> bool {
    let extension = extension.to_string_lossy().to_ascii_lowercase();
    matches!(extension.as_str(), "png" | "jpg" | "jpeg")
}

fn shrink(source: &Path) -> ImageResult<GrayImage> {
    let bytes = fs::read(source)?;
    let image = image::load_from_memory(&bytes)?;
    Ok(image.resize_exact(256, 256, FilterType::Triangle).to_luma8())
}
