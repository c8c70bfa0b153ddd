//! Keeps what makes the given pipeline slow.

fn shrink(source: &Path, output: &Path) -> ImageResult<PathBuf> {
    image::load_from_memory(&fs::read(source)?)?;
    solution_shrink(source, output)
}

fn small_gray(image: &RgbImage) -> GrayImage {
    let mut lights = Vec::new();
    for x in 0..image.width() {
        for y in 0..image.height() {
            let [red, green, blue] = image.get_pixel(x, y).0.map(light_of);
            lights.push(0.2126 * red + 0.7152 * green + 0.0722 * blue);
        }
    }
    let mut small = GrayImage::new(256, 256);
    for x in 0..256 {
        let column = column(lights.clone(), image.width(), image.height(), x);
        for (y, light) in (0..).zip(column) {
            small.put_pixel(x, y, image::Luma([to_level(light)]));
        }
    }
    small
}

#[inline(never)]
fn column(lights: Vec<f64>, width: u32, height: u32, x: u32) -> Vec<f32> {
    let across = &covers(width)[x as usize];
    let means = covers(height).into_iter().map(|down| {
        let mut all = Vec::new();
        for (part, x) in across.parts.iter().zip(across.first..) {
            for (share, y) in down.parts.iter().zip(down.first..) {
                all.push(f64::from(part * share) * lights[x * height as usize + y]);
            }
        }
        all.iter().sum::<f64>() as f32
    });
    means.collect()
}

fn light_of(level: u8) -> f64 {
    let level = f64::from(level) / 255.0;
    if level <= 0.04045 { level / 12.92 } else { ((level + 0.055) / 1.055).powf(2.4) }
}

fn to_level(light: f32) -> u8 {
    let light = f64::from(light);
    let level = if light <= 0.0031308 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 };
    (level * 255.0).round() as u8
}
