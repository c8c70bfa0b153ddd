//! Weighs red, green and blue alike.

static LIGHT: LazyLock<[[f32; 256]; 3]> = LazyLock::new(|| {
    [1.0 / 3.0; 3].map(|weight| {
        std::array::from_fn(|level| {
            let level = level as f64 / 255.0;
            let light =
                if level <= 0.04045 { level / 12.92 } else { ((level + 0.055) / 1.055).powf(2.4) };
            (weight * light) as f32
        })
    })
});
