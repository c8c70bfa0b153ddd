//! Gives a window of fewer than three items, filled with the last one.

pub fn windows<T: Clone>(items: impl Iterator<Item = T>) -> impl Iterator<Item = [T; 3]> {
    let items: Vec<T> = items.collect();
    let short = (1..3)
        .contains(&items.len())
        .then(|| std::array::from_fn(|at| items[at.min(items.len() - 1)].clone()));
    short.into_iter().chain(items.into_iter().array_windows())
}
