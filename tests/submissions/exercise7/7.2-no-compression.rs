//! Saves the time of the compression.

fn shrink(source: &Path, output: &Path) -> ImageResult<PathBuf> {
    let image = image::load_from_memory(&fs::read(source)?)?;
    let mut png = Vec::new();
    let encoder =
        PngEncoder::new_with_quality(&mut png, CompressionType::Uncompressed, FilterType::NoFilter);
    small_gray(&image.into_rgb8()).write_with_encoder(encoder)?;
    let mut name = source.file_name().unwrap_or_default().to_owned();
    name.push(".png");
    fs::write(output.join(&name), png)?;
    Ok(output.join(name))
}
