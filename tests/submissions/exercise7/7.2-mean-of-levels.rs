//! Saves the curve and takes the mean of the levels.

static LIGHT: LazyLock<[[f32; 256]; 3]> = LazyLock::new(|| {
    [0.2126, 0.7152, 0.0722]
        .map(|weight: f32| std::array::from_fn(|level| weight * level as f32 / 255.0))
});

fn to_level(light: f32) -> u8 {
    (light * 255.0).round() as u8
}
