//! Says that it begins when it has read the image.

fn process(source: PathBuf, output: &Path, progress: &impl Fn(Progress<'_>)) -> Processed {
    let small = shrink(&source);
    progress(Progress::Started(&source));
    let result = small.and_then(|small| save(&small, target(&source, output)));
    progress(Progress::Finished(&source));
    Processed { source, result }
}
