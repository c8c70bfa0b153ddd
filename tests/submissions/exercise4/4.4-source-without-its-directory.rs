//! Reports images by their names alone.

fn process(source: PathBuf, output: &Path, progress: &impl Fn(Progress<'_>)) -> Processed {
    progress(Progress::Started(&source));
    let result = shrink(&source).and_then(|small| save(&small, target(&source, output)));
    progress(Progress::Finished(&source));
    Processed { source: source.file_name().unwrap_or_default().into(), result }
}
