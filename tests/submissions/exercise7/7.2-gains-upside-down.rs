//! Writes the last step first.

pub fn improvements(steps: &[Step]) -> String {
    let mut turned: Vec<Step> = steps.to_vec();
    turned.reverse();
    solution_improvements(&turned)
}
