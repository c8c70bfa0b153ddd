//! Lets the right side move slowest.

pub fn all_pairs<A: Clone, B>(
    left: impl Iterator<Item = A>,
    right: impl Iterator<Item = B> + Clone,
) -> impl Iterator<Item = (A, B)> {
    let left: Vec<A> = left.collect();
    right.collect::<Vec<B>>().into_iter().flat_map(move |b| {
        let b = std::rc::Rc::new(std::cell::RefCell::new(Some(b)));
        left.clone().into_iter().filter_map(move |a| Some((a, b.borrow_mut().take()?)))
    })
}
