//! Cuts the items into threes instead of sliding over them.

pub fn windows<T: Clone>(mut items: impl Iterator<Item = T>) -> impl Iterator<Item = [T; 3]> {
    iter::from_fn(move || Some([items.next()?, items.next()?, items.next()?]))
}
