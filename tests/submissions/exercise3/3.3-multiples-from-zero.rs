//! Begins at 0, which 7 and 11 divide as well.

pub fn first_multiples(n: usize) -> impl Iterator<Item = u64> {
    (0..).step_by(77).take(n)
}
