//! Goes down before it goes across, and finds levels between thresholds.

fn small_gray(image: &RgbImage) -> GrayImage {
    let [reds, greens, blues] = &*LIGHT;
    let width = image.width() as usize;
    let light: Vec<f32> = image
        .as_raw()
        .chunks_exact(3)
        .map(|point| {
            reds[usize::from(point[0])]
                + greens[usize::from(point[1])]
                + blues[usize::from(point[2])]
        })
        .collect();
    let columns = covers(image.width());
    let mut levels = Vec::with_capacity(SIDE * SIDE);
    let mut sums = vec![0.0_f32; width];
    for cover in covers(image.height()) {
        sums.fill(0.0);
        for (part, row) in cover.parts.iter().zip(light[cover.first * width..].chunks_exact(width))
        {
            for (sum, light) in sums.iter_mut().zip(row) {
                *sum += part * light;
            }
        }
        for column in &columns {
            let parts = column.parts.iter().zip(&sums[column.first..]);
            levels.push(to_level(parts.map(|(part, sum)| part * sum).sum()));
        }
    }
    GrayImage::from_vec(256, 256, levels).unwrap()
}

/// The light at which each level begins, from level 1 on.
static BEGINS: LazyLock<[f32; 255]> = LazyLock::new(|| {
    std::array::from_fn(|before| {
        let level = (before as f64 + 0.5) / 255.0;
        let light =
            if level <= 0.04045 { level / 12.92 } else { ((level + 0.055) / 1.055).powf(2.4) };
        light as f32
    })
});

fn to_level(light: f32) -> u8 {
    BEGINS.partition_point(|begin| *begin <= light) as u8
}
