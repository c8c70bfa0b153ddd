//! Iterator types of its own, and steps of 77.

struct Pairs<L: Iterator, R> {
    left: L,
    all: R,
    now: Option<(L::Item, R)>,
}

impl<L: Iterator, R: Iterator + Clone> Iterator for Pairs<L, R>
where
    L::Item: Clone,
{
    type Item = (L::Item, R::Item);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((a, right)) = &mut self.now {
                if let Some(b) = right.next() {
                    return Some((a.clone(), b));
                }
            }
            self.now = Some((self.left.next()?, self.all.clone()));
        }
    }
}

pub fn all_pairs<A: Clone, B>(
    left: impl Iterator<Item = A>,
    right: impl Iterator<Item = B> + Clone,
) -> impl Iterator<Item = (A, B)> {
    Pairs { left, all: right, now: None }
}

struct Batches<I> {
    items: I,
    size: usize,
}

impl<I: Iterator> Iterator for Batches<I> {
    type Item = Vec<I::Item>;

    fn next(&mut self) -> Option<Vec<I::Item>> {
        let mut batch = vec![self.items.next()?];
        while batch.len() < self.size {
            match self.items.next() {
                Some(item) => batch.push(item),
                None => break,
            }
        }
        Some(batch)
    }
}

pub fn batches<I: Iterator>(items: I, size: usize) -> impl Iterator<Item = Vec<I::Item>> {
    assert_ne!(size, 0);
    Batches { items, size }
}

pub fn windows<T: Clone>(items: impl Iterator<Item = T>) -> impl Iterator<Item = [T; 3]> {
    items.tuple_windows().map(|(a, b, c)| [a, b, c])
}

pub fn first_multiples(n: usize) -> impl Iterator<Item = u64> {
    (77u64..).step_by(77).take(n)
}
