//! Rounds every new price down.

fn less_15_percent(cents: u64) -> u64 {
    cents * 85 / 100
}
