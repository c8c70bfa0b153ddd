//! Goes down before it goes across, over the light of the whole image.

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
