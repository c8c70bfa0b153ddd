//! The crew of the kit's kernels: threads that take the next item from one counter.

use std::sync::atomic::{AtomicUsize, Ordering};

/// The items that one thread gets, with their places, until all are taken.
pub fn turns<'a, T>(next: &'a AtomicUsize, items: &'a [T]) -> impl Iterator<Item = (usize, &'a T)> {
    std::iter::from_fn(move || {
        // `Relaxed`: the counter publishes nothing but itself.
        let index = next.fetch_add(1, Ordering::Relaxed);
        items.get(index).map(|item| (index, item))
    })
}

/// The results of all items in their order, made by so many threads. Each of
/// them begins with a state of its own. Results of a thread that panics are
/// missing, which shows in what is compared.
pub fn map<T: Sync, S, R: Send>(
    items: &[T],
    threads: usize,
    begin: impl Fn() -> S + Sync,
    job: impl Fn(&mut S, &T) -> R + Sync,
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut state = begin();
        turns(&next, items).map(|(index, item)| (index, job(&mut state, item))).collect()
    };
    let mut done: Vec<(usize, R)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap_or_else(|_| Vec::new()))
            .collect()
    });
    done.sort_unstable_by_key(|&(index, _)| index);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::map;

    #[test]
    fn every_item_is_done_once_and_results_keep_their_order() {
        let items: Vec<u64> = (0..1000).collect();
        for threads in [1, 3] {
            let results = map(&items, threads, || (), |(), item| item * 2);
            assert!(results.iter().copied().eq((0..1000).map(|item| item * 2)));
        }
    }
}
