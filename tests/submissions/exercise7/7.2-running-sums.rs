//! Means as differences of running sums, in both directions.

fn small_gray(image: &RgbImage) -> GrayImage {
    let (width, height) = (image.width() as usize, image.height() as usize);
    let [reds, greens, blues] = &*LIGHT;
    // Sums of the rows from the top, of the points from the left: what lies
    // between two borders is a difference of two sums.
    let mut narrow = vec![[0.0_f64; SIDE]; height + 1];
    let mut sums = vec![0.0_f64; width + 2];
    let at = |sums: &[f64], border: usize, length: usize| {
        let (whole, rest) = (border * length / SIDE, border * length % SIDE);
        sums[whole] + (sums[whole + 1] - sums[whole]) * rest as f64 / SIDE as f64
    };
    for (y, points) in image.as_raw().chunks_exact(3 * width).enumerate() {
        let mut sum = 0.0;
        for (x, point) in points.chunks_exact(3).enumerate() {
            sum += f64::from(
                reds[point[0] as usize] + greens[point[1] as usize] + blues[point[2] as usize],
            );
            sums[x + 1] = sum;
        }
        sums[width + 1] = sum;
        let mut left = 0.0;
        for x in 0..SIDE {
            let right = at(&sums, x + 1, width);
            narrow[y + 1][x] = narrow[y][x] + right - left;
            left = right;
        }
    }
    narrow.push(narrow[height]);
    let row = |border: usize, x: usize| {
        let (whole, rest) = (border * height / SIDE, border * height % SIDE);
        narrow[whole][x] + (narrow[whole + 1][x] - narrow[whole][x]) * rest as f64 / SIDE as f64
    };
    let scale = (SIDE * SIDE) as f64 / (width * height) as f64;
    let mut levels = Vec::new();
    for y in 0..SIDE {
        levels.extend((0..SIDE).map(|x| to_level(((row(y + 1, x) - row(y, x)) * scale) as f32)));
    }
    GrayImage::from_raw(256, 256, levels).unwrap()
}
