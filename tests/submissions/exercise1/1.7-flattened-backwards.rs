//! Puts every list before the ones it has already.

pub fn flatten(nested: &[Vec<Vec<i64>>]) -> Vec<i64> {
    nested.iter().flatten().fold(Vec::new(), |flat, numbers| [numbers.as_slice(), &flat].concat())
}
