//! Believes the extension of a file.

fn shrink(source: &Path, output: &Path) -> ImageResult<PathBuf> {
    let image = image::open(source)?;
    let small = small_gray(&image.into_rgb8());
    // A fixed filter saves trying all five on every row, and costs some bytes.
    let mut png = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut png, CompressionType::Fast, FilterType::Sub);
    small.write_with_encoder(encoder)?;
    let mut name = source.file_name().unwrap_or_default().to_owned();
    name.push(".png");
    let target = output.join(name);
    fs::write(&target, png)?;
    Ok(target)
}
