//! Reads the whole directory into memory before the first image is resized.

use image::DynamicImage;

pub fn process_images_par(
    input: &Path,
    output: &Path,
    workers: usize,
    progress: impl Fn(Progress<'_>) + Sync,
) -> io::Result<Vec<Processed>> {
    assert!(workers > 0, "work needs at least one worker");
    let sources = prepare(input, output)?;
    let read = |source: &PathBuf| -> ImageResult<DynamicImage> {
        ImageReader::open(source)?.with_guessed_format()?.decode()
    };
    let work = || {
        let images: Vec<ImageResult<DynamicImage>> =
            sources.par_iter().with_max_len(1).map(read).collect();
        let both = sources.clone().into_par_iter().zip(images).with_max_len(1);
        both.map(|(source, image)| {
            progress(Progress::Started(&source));
            let small = image.map(|image| {
                image.resize_exact(SIDE, SIDE, FilterType::Triangle).into_luma8()
            });
            let result = small.and_then(|small| save(&small, target(&source, output)));
            progress(Progress::Finished(&source));
            Processed { source, result }
        })
        .collect()
    };
    ThreadPoolBuilder::new()
        .num_threads(workers)
        .build_scoped(|thread| thread.run(), |pool| pool.install(work))
        .map_err(io::Error::other)
}
