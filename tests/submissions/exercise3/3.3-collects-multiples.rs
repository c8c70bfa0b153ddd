//! Makes the list of all n multiples before it yields the first.

pub fn first_multiples(n: usize) -> impl Iterator<Item = u64> {
    let mut all = Vec::with_capacity(n);
    for factor in 1..=n as u64 {
        all.push(77 * factor);
    }
    all.into_iter()
}
