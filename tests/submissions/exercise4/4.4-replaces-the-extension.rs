//! Saves `cat.jpg` as `cat.png`, where the small version of `cat.png` is too.

fn target(source: &Path, output: &Path) -> PathBuf {
    output.join(source.file_name().unwrap_or_default()).with_extension("png")
}
