//! Puts a 0 where a list is empty.

#[must_use]
pub fn flatten(nested: &[Vec<Vec<i64>>]) -> Vec<i64> {
    nested.iter().flatten().fold(Vec::new(), |mut flat, numbers| {
        flat.extend_from_slice(if numbers.is_empty() { &[0] } else { numbers });
        flat
    })
}
