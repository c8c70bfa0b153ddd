//! Spreads independent work over the cores: each item goes to the next free worker,
//! low ranks first, and each result to the caller as soon as it is there.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

use crate::cores;

/// How many workers run checks: two for each core.
///
/// A check mostly waits: for its threads, for the site, and where something is
/// wrong, for what never comes. With one worker for each core, half of the
/// cores' time would pass in waiting.
#[must_use]
pub fn check_workers() -> usize {
    2 * cores()
}

/// Calls `work` on every item, on at most so many threads, and `done` on the
/// caller's thread with each index and result, in the order in which they are
/// ready.
///
/// Items of a lower rank are begun first, those of one rank in their order: a long
/// one that is begun last would run alone, with the other cores idle.
///
/// # Panics
/// When `work` does, and with 0 workers where there is an item.
pub fn spread<T: Sync, R: Send, K: Ord>(
    items: &[T],
    workers: usize,
    rank: impl Fn(&T) -> K,
    work: impl Fn(&T) -> R + Sync,
    mut done: impl FnMut(usize, R),
) {
    assert!(workers > 0 || items.is_empty(), "nobody would do the work");
    let order = by_rank(items, rank);
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..workers.min(items.len()) {
            let (sender, next, order, work) = (sender.clone(), &next, &order, &work);
            scope.spawn(move || {
                loop {
                    // Each place is handed out once; nothing else is published with it.
                    let place = next.fetch_add(1, Ordering::Relaxed);
                    let Some(&index) = order.get(place) else { break };
                    // The receiver lives as long as this scope.
                    let _ = sender.send((index, work(&items[index])));
                }
            });
        }
        drop(sender);
        receiver.into_iter().for_each(|(index, result)| done(index, result));
    });
}

/// The indices of the items, those of a lower rank in front.
fn by_rank<T, K: Ord>(items: &[T], rank: impl Fn(&T) -> K) -> Vec<usize> {
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by_key(|&index| rank(&items[index]));
    order
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::sync::{Condvar, Mutex};
    use std::time::Duration;

    use super::{by_rank, spread};

    #[test]
    fn every_item_is_done_once() {
        let items: Vec<u32> = (0..100).collect();
        let mut results = vec![0; items.len()];
        spread(&items, 3, |n| n % 7 == 3, |n| n + 1, |index, result| results[index] += result);
        assert_eq!(results, (1..=100).collect::<Vec<_>>());
        spread(&[], 0, |_| (), |n: &u32| *n, |_, _| unreachable!("there is no item"));
    }

    #[test]
    fn there_are_as_many_workers_as_asked_for_whatever_the_cores() {
        let (arrived, all) = (Mutex::new(0), Condvar::new());
        let meet = |_: &()| {
            let mut arrived = arrived.lock().unwrap();
            *arrived += 1;
            all.notify_all();
            let limit = Duration::from_secs(60);
            all.wait_timeout_while(arrived, limit, |arrived| *arrived < 9).unwrap().1.timed_out()
        };
        spread(&[(); 9], 9, |_| (), meet, |_, alone| assert!(!alone, "9 did not run together"));
        let mut threads = HashSet::new();
        let this = |_: &()| std::thread::current().id();
        spread(&[(); 50], 1, |_| (), this, |_, thread| _ = threads.insert(thread));
        assert_eq!(threads.len(), 1);
    }

    #[test]
    fn lower_ranks_are_begun_first_and_equal_ones_in_their_order() {
        assert_eq!(by_rank(&["a", "long", "b", "even"], |item| 9 - item.len()), [1, 3, 0, 2]);
    }
}
