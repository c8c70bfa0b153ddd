//! Takes 85 % of a float, which a large price does not survive.

fn less_15_percent(cents: u64) -> u64 {
    (cents as f64 * 0.85).round() as u64
}
