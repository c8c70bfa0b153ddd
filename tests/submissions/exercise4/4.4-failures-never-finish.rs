//! Tells that it is done only where the image was saved.

fn process(source: PathBuf, output: &Path, progress: &impl Fn(Progress<'_>)) -> Processed {
    progress(Progress::Started(&source));
    let result = shrink(&source).and_then(|small| save(&small, target(&source, output)));
    if result.is_ok() {
        progress(Progress::Finished(&source));
    }
    Processed { source, result }
}
