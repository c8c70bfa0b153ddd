//! Spreads independent work over the cores: each item goes to the worker that
//! is free next, each result to the caller as soon as it is there.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

/// Calls `work` on every item, on as many threads as there are cores, and
/// `done` on the caller's thread with each index and result, in the order in
/// which they are ready.
///
/// # Panics
/// When `work` does.
pub fn spread<T: Sync, R: Send>(
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
    mut done: impl FnMut(usize, R),
) {
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..workers.min(items.len()) {
            let (sender, next, work) = (sender.clone(), &next, &work);
            scope.spawn(move || {
                loop {
                    // Each index is handed out once; nothing else is published with it.
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(index) else { break };
                    // The receiver lives as long as this scope.
                    let _ = sender.send((index, work(item)));
                }
            });
        }
        drop(sender);
        receiver.into_iter().for_each(|(index, result)| done(index, result));
    });
}

#[cfg(test)]
mod tests {
    use super::spread;

    #[test]
    fn every_item_is_done_once() {
        let items: Vec<u32> = (0..100).collect();
        let mut results = vec![0; items.len()];
        spread(&items, |n| n + 1, |index, result| results[index] += result);
        assert_eq!(results, (1..=100).collect::<Vec<_>>());
        spread(&[], |n: &u32| *n, |_, _| unreachable!("there is no item"));
    }
}
