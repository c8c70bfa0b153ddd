//! Writes whole numbers at the ticks, whatever the scale.

fn plain(number: &f64) -> String {
    format!("{number:.0}")
}
