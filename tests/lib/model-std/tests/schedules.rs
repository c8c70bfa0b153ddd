//! Small programs under the model checker: each mistake is found, always under
//! the same schedule, and the right program beside it fails under none.

use model_std::engine::{Broken, Explored, Failure, Plan, explore};
use model_std::sync::atomic::{AtomicUsize, Ordering};
use model_std::sync::mpsc::{channel, sync_channel};
use model_std::sync::{Arc, Barrier, Condvar, LazyLock, Mutex, OnceLock, RwLock};
use model_std::thread;
use model_std::time::{Duration, Instant};

const PLAN: Plan = Plan { seed: 7, schedules: 500, steps: 5000, only: None };

fn clean(program: impl Fn() + Send + Sync + 'static) {
    match explore(PLAN, program) {
        Ok(Explored { schedules, .. }) => assert_eq!(schedules, PLAN.schedules),
        Err(failure) => panic!("{failure:?}: {}", text(&failure)),
    }
}

fn broken(program: impl Fn() + Send + Sync + 'static) -> Failure {
    explore(PLAN, program).expect_err("the mistake was not found")
}

fn text(failure: &Failure) -> &str {
    match &failure.what {
        Broken::Panic(panic) => panic.downcast_ref::<String>().map_or("", String::as_str),
        _ => "",
    }
}

/// What each thread of a deadlock waits for.
#[track_caller]
fn waiting(failure: &Failure) -> Vec<(usize, &'static str)> {
    match &failure.what {
        Broken::Deadlock(waiting) => {
            waiting.iter().map(|waiting| (waiting.thread, waiting.what)).collect()
        }
        other => panic!("no deadlock: {other:?}"),
    }
}

const JOIN: &str = "for a thread to end";
const MUTEX: &str = "for a Mutex";
const NOTIFIED: &str = "to be notified through a Condvar";
const MESSAGE: &str = "for a message from a channel";

fn count_to_two(add: fn(&AtomicUsize)) {
    let counter = Arc::new(AtomicUsize::new(0));
    let threads: Vec<_> = (0..2)
        .map(|_| {
            let counter = Arc::clone(&counter);
            thread::spawn(move || add(&counter))
        })
        .collect();
    threads.into_iter().for_each(|thread| thread.join().unwrap());
    let count = counter.load(Ordering::SeqCst);
    assert_eq!(count, 2, "{count} of 2 updates arrived");
}

fn lost_update() {
    count_to_two(|counter| {
        let old = counter.load(Ordering::SeqCst);
        counter.store(old + 1, Ordering::SeqCst);
    });
}

#[test]
fn a_lost_update_is_found() {
    let failure = broken(lost_update);
    assert!(text(&failure).contains("1 of 2 updates arrived"), "{failure:?}");
    clean(|| count_to_two(|counter| _ = counter.fetch_add(1, Ordering::Relaxed)));
}

#[test]
fn a_lock_that_is_given_back_too_early_loses_updates_too() {
    let add = |keeps: bool| {
        move || {
            let sum = Mutex::new(0);
            thread::scope(|scope| {
                for _ in 0..3 {
                    scope.spawn(|| {
                        if keeps {
                            *sum.lock().unwrap() += 1;
                        } else {
                            let old = *sum.lock().unwrap();
                            *sum.lock().unwrap() = old + 1;
                        }
                    });
                }
            });
            assert_eq!(sum.into_inner().unwrap(), 3);
        }
    };
    assert!(text(&broken(add(false))).contains("assertion"));
    clean(add(true));
}

/// One thread waits for another's word.
fn one_word(looks_first: bool) {
    let word = Arc::new((Mutex::new(false), Condvar::new()));
    let other = Arc::clone(&word);
    let speaker = thread::spawn(move || {
        *other.0.lock().unwrap() = true;
        other.1.notify_one();
    });
    let mut said = word.0.lock().unwrap();
    if looks_first {
        while !*said {
            said = word.1.wait(said).unwrap();
        }
    } else {
        said = word.1.wait(said).unwrap();
    }
    drop(said);
    speaker.join().unwrap();
}

#[test]
fn a_lost_wake_up_is_found() {
    assert_eq!(waiting(&broken(|| one_word(false))), [(0, NOTIFIED)]);
    clean(|| one_word(true));
}

/// Two workers and a queue that ends with a sentinel for each of them.
fn sentinels(how_many: usize) {
    let (sender, receiver) = channel::<Option<u32>>();
    let receiver = Arc::new(Mutex::new(receiver));
    let workers: Vec<_> = (0..2)
        .map(|_| {
            let receiver = Arc::clone(&receiver);
            thread::spawn(move || {
                loop {
                    let next = receiver.lock().unwrap().recv();
                    if !matches!(next, Ok(Some(_))) {
                        break;
                    }
                }
            })
        })
        .collect();
    sender.send(Some(1)).unwrap();
    (0..how_many).for_each(|_| sender.send(None).unwrap());
    workers.into_iter().for_each(|worker| worker.join().unwrap());
    drop(sender);
}

#[test]
fn a_sentinel_short_by_one_is_found() {
    let failure = broken(|| sentinels(1));
    let waiting = waiting(&failure);
    assert_eq!(waiting[0], (0, JOIN));
    assert!(waiting[1..].iter().any(|(_, what)| *what == MESSAGE), "{waiting:?}");
    clean(|| sentinels(2));
}

fn two_locks(in_one_order: bool) {
    let locks = Arc::new((Mutex::new(1), Mutex::new(2)));
    let other = Arc::clone(&locks);
    let thread = thread::spawn(move || {
        let _left = other.0.lock().unwrap();
        let _right = other.1.lock().unwrap();
    });
    if in_one_order {
        let _left = locks.0.lock().unwrap();
        let _right = locks.1.lock().unwrap();
    } else {
        let _right = locks.1.lock().unwrap();
        let _left = locks.0.lock().unwrap();
    }
    thread.join().unwrap();
}

#[test]
fn a_deadlock_on_two_locks_is_found() {
    assert_eq!(waiting(&broken(|| two_locks(false))), [(0, MUTEX), (1, MUTEX)]);
    clean(|| two_locks(true));
}

/// Two workers and an aggregator that adds up what they send.
fn aggregator(stops_when_idle: bool) {
    let (sender, receiver) = sync_channel(1);
    let sum = thread::scope(|scope| {
        let adder = scope.spawn(move || {
            let mut sum = 0;
            loop {
                let next = if stops_when_idle {
                    receiver.recv_timeout(Duration::from_millis(100)).ok()
                } else {
                    receiver.recv().ok()
                };
                match next {
                    Some(value) => sum += value,
                    None => return sum,
                }
            }
        });
        for value in [1, 2] {
            let sender = sender.clone();
            scope.spawn(move || _ = sender.send(value));
        }
        drop(sender);
        adder.join().unwrap()
    });
    assert_eq!(sum, 3, "the sum of 1 and 2 is {sum}");
}

#[test]
fn an_aggregator_that_ends_too_early_is_found() {
    assert!(text(&broken(|| aggregator(true))).contains("the sum of 1 and 2 is"));
    clean(|| aggregator(false));
}

#[test]
fn the_same_schedule_fails_in_ten_repeats_and_by_its_seed_alone() {
    let first = broken(lost_update);
    for _ in 0..10 {
        let again = broken(lost_update);
        assert_eq!((again.schedule, again.seed), (first.schedule, first.seed));
        let only = Plan { only: Some(first.seed), ..PLAN };
        let alone = explore(only, lost_update).unwrap_err();
        assert_eq!((alone.schedule, alone.seed), (1, first.seed));
        assert_eq!(text(&alone), text(&first));
    }
    let other = explore(Plan { seed: 8, ..PLAN }, lost_update).unwrap_err();
    assert_ne!(other.seed, first.seed);
}

#[test]
fn a_loop_that_never_ends_is_ended_and_one_that_waits_is_not() {
    let spin = |ends: bool| {
        move || {
            let flag = Arc::new(AtomicUsize::new(0));
            let other = Arc::clone(&flag);
            let thread = thread::spawn(move || other.store(usize::from(ends), Ordering::Release));
            while flag.load(Ordering::Acquire) == 0 {}
            thread.join().unwrap();
        }
    };
    assert!(matches!(broken(spin(false)).what, Broken::Endless(5000)));
    clean(spin(true));
}

#[test]
fn a_thread_left_behind_is_found() {
    let failure = broken(|| {
        let (sender, receiver) = channel::<u32>();
        thread::spawn(move || receiver.iter().sum::<u32>());
        std::mem::forget(sender);
    });
    assert_eq!(waiting(&failure), [(1, MESSAGE)]);
}

#[test]
fn a_panic_ends_its_thread_and_reaches_who_joins() {
    clean(|| {
        let failed = thread::spawn(|| std::panic::panic_any(7_u8)).join().unwrap_err();
        assert_eq!(failed.downcast_ref(), Some(&7_u8));
        let ended = std::panic::catch_unwind(|| {
            thread::scope(|scope| _ = scope.spawn(|| panic!("nobody joins this thread")));
        });
        assert!(ended.is_err());
        thread::scope(|scope| assert!(scope.spawn(|| panic!("joined")).join().is_err()));
    });
}

#[test]
fn a_poisoned_lock_says_so() {
    clean(|| {
        let lock = Arc::new(Mutex::new(0));
        let other = Arc::clone(&lock);
        let thread = thread::spawn(move || {
            let _guard = other.lock().unwrap();
            panic!("with the lock");
        });
        assert!(thread.join().is_err());
        assert!(lock.lock().is_err() && lock.is_poisoned());
        lock.clear_poison();
        assert!(lock.lock().is_ok());
    });
}

#[test]
fn time_passes_where_threads_wait_for_it() {
    clean(|| {
        let start = Instant::now();
        assert_eq!(start.elapsed(), Duration::ZERO);
        thread::sleep(Duration::from_secs(3600));
        assert_eq!(start.elapsed(), Duration::from_secs(3600));
        let pair = (Mutex::new(()), Condvar::new());
        let guard = pair.0.lock().unwrap();
        let (guard, ended) =
            pair.1.wait_timeout_while(guard, Duration::from_secs(60), |()| true).unwrap();
        drop(guard);
        assert!(ended.timed_out());
        assert_eq!(start.elapsed(), Duration::from_secs(3660));
        thread::park_timeout(Duration::from_secs(1));
    });
}

#[test]
fn what_is_made_once_is_made_once() {
    clean(|| {
        let made = Arc::new(AtomicUsize::new(0));
        let (cell, counter) = (OnceLock::new(), Arc::clone(&made));
        let lazy = LazyLock::new(move || counter.fetch_add(1, Ordering::SeqCst));
        let barrier = Barrier::new(2);
        thread::scope(|scope| {
            for n in 0..2 {
                let (cell, lazy, barrier) = (&cell, &lazy, &barrier);
                scope.spawn(move || {
                    barrier.wait();
                    cell.get_or_init(|| {
                        thread::yield_now();
                        n
                    });
                    assert_eq!(**lazy, 0);
                });
            }
        });
        assert!(cell.get().is_some());
        assert_eq!(made.load(Ordering::SeqCst), 1);
    });
}

#[test]
fn readers_share_a_lock_and_a_writer_does_not() {
    clean(|| {
        let lock = RwLock::new(0);
        thread::scope(|scope| {
            scope.spawn(|| {
                let mut value = lock.write().unwrap();
                *value = 1;
                thread::yield_now();
                *value = 2;
            });
            scope.spawn(|| assert_ne!(*lock.read().unwrap(), 1));
            scope.spawn(|| assert_ne!(*lock.read().unwrap(), 1));
        });
    });
}

#[test]
fn a_rendezvous_channel_hands_over() {
    clean(|| {
        let (sender, receiver) = sync_channel(0);
        let arrived = Arc::new(AtomicUsize::new(0));
        let seen = Arc::clone(&arrived);
        let thread = thread::spawn(move || {
            sender.send(1).unwrap();
            assert_eq!(seen.load(Ordering::SeqCst), 1, "send came back before the other took it");
            sender.send(2).unwrap_err();
        });
        arrived.store(1, Ordering::SeqCst);
        assert_eq!(receiver.recv(), Ok(1));
        drop(receiver);
        thread.join().unwrap();
    });
}

model_std::thread_local! {
    static MINE: std::cell::Cell<u32> = const { std::cell::Cell::new(1) };
}

#[test]
fn a_thread_local_is_each_threads_own() {
    clean(|| {
        MINE.set(2);
        assert_eq!(thread::spawn(|| MINE.get()).join().unwrap(), 1);
        assert_eq!(MINE.get(), 2);
    });
}
