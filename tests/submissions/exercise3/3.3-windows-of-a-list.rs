//! Clones all items into a list, and slides the window over that.

pub fn windows<T: Clone>(items: impl Iterator<Item = T>) -> impl Iterator<Item = [T; 3]> {
    let all = items.collect_vec();
    (2..all.len()).map(move |last| [all[last - 2].clone(), all[last - 1].clone(), all[last].clone()])
}
