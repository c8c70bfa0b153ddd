//! Takes the later of the two in the middle for the median.

fn median(sorted: &[Duration]) -> Duration {
    let middle = sorted.len() / 2;
    sorted[middle]
}
