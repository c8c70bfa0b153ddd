//! Keeps a small version that is there already, whatever it shows.

fn process(source: PathBuf, output: &Path, progress: &impl Fn(Progress<'_>)) -> Processed {
    progress(Progress::Started(&source));
    let there = target(&source, output);
    let result = match there.exists() {
        true => Ok(there),
        false => shrink(&source).and_then(|small| save(&small, there)),
    };
    progress(Progress::Finished(&source));
    Processed { source, result }
}
