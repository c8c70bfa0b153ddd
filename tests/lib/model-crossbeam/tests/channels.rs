//! Channels under the model checker keep what the real ones promise.

use model_crossbeam::channel::{
    RecvTimeoutError, Select, SendTimeoutError, TryRecvError, TrySendError, bounded, unbounded,
};
use model_std::engine::{Broken, Plan, explore};
use model_std::sync::atomic::{AtomicUsize, Ordering};
use model_std::sync::{Arc, Barrier};
use model_std::thread;
use model_std::time::Duration;

const PLAN: Plan = Plan { seed: 3, schedules: 500, steps: 5000, only: None };

fn clean(program: impl Fn() + Send + Sync + 'static) {
    if let Err(failure) = explore(PLAN, program) {
        panic!("{failure:?}");
    }
}

#[test]
fn many_senders_and_receivers_lose_nothing_and_all_end() {
    for capacity in [None, Some(0), Some(1), Some(2)] {
        clean(move || {
            let (sender, receiver) = capacity.map_or_else(unbounded, bounded);
            let sum = Arc::new(AtomicUsize::new(0));
            let receivers: Vec<_> = (0..2)
                .map(|_| {
                    let (receiver, sum) = (receiver.clone(), Arc::clone(&sum));
                    thread::spawn(move || {
                        for value in receiver {
                            sum.fetch_add(value, Ordering::Relaxed);
                        }
                    })
                })
                .collect();
            let senders: Vec<_> = [1, 10]
                .map(|value| {
                    let sender = sender.clone();
                    thread::spawn(move || (0..2).for_each(|_| sender.send(value).unwrap()))
                })
                .into();
            drop((sender, receiver));
            senders.into_iter().chain(receivers).for_each(|thread| thread.join().unwrap());
            assert_eq!(sum.load(Ordering::Relaxed), 22);
        });
    }
}

#[test]
fn a_sender_that_somebody_keeps_is_found() {
    let failure = explore(PLAN, || {
        let (sender, receiver) = unbounded::<u32>();
        let kept = sender.clone();
        let thread = thread::spawn(move || receiver.iter().count());
        drop(sender);
        thread.join().unwrap();
        drop(kept);
    });
    assert!(matches!(failure.unwrap_err().what, Broken::Deadlock(waiting) if waiting.len() == 2));
}

#[test]
fn a_bound_is_kept_and_order_too() {
    clean(|| {
        let (sender, receiver) = bounded(2);
        assert_eq!((sender.capacity(), sender.is_empty()), (Some(2), true));
        sender.send(1).unwrap();
        sender.try_send(2).unwrap();
        assert!(sender.is_full() && receiver.is_full());
        assert_eq!(sender.try_send(3), Err(TrySendError::Full(3)));
        let timeout = Duration::from_millis(10);
        assert_eq!(sender.send_timeout(3, timeout), Err(SendTimeoutError::Timeout(3)));
        assert_eq!(receiver.try_iter().collect::<Vec<_>>(), [1, 2]);
        assert_eq!(receiver.try_recv(), Err(TryRecvError::Empty));
        assert_eq!(receiver.recv_timeout(timeout), Err(RecvTimeoutError::Timeout));
        drop(sender);
        assert_eq!(receiver.try_recv(), Err(TryRecvError::Disconnected));
        assert_eq!(receiver.recv_timeout(timeout), Err(RecvTimeoutError::Disconnected));
        assert!(receiver.recv().is_err());
        let (sender, receiver) = unbounded();
        drop(receiver);
        assert!(sender.send(1).is_err() && sender.try_send(1).is_err());
        assert!(sender.send_timeout(1, timeout).is_err());
    });
}

/// What is still in a channel is dropped with the last receiver: a value that
/// holds a sender of its own must not keep that channel open.
#[test]
fn the_last_receiver_drops_what_is_left() {
    clean(|| {
        let (tasks, queue) = bounded(1);
        let (reply, answer) = bounded::<()>(1);
        tasks.send(reply).unwrap();
        drop(queue);
        assert!(answer.recv().is_err());
        assert!(tasks.send(bounded(1).0).is_err());
    });
}

#[test]
fn a_rendezvous_needs_both() {
    clean(|| {
        let (sender, receiver) = bounded(0);
        assert_eq!(sender.try_send(1), Err(TrySendError::Full(1)));
        assert_eq!(receiver.try_recv(), Err(TryRecvError::Empty));
        let timeout = Duration::from_millis(10);
        assert_eq!(sender.send_timeout(1, timeout), Err(SendTimeoutError::Timeout(1)));
        assert_eq!(receiver.try_recv(), Err(TryRecvError::Empty));
        let meeting = Arc::new(Barrier::new(2));
        let other = Arc::clone(&meeting);
        let thread = thread::spawn(move || {
            sender.send(2).unwrap();
            other.wait();
        });
        assert_eq!(receiver.recv(), Ok(2));
        meeting.wait();
        thread.join().unwrap();
    });
}

#[test]
fn a_selection_takes_what_is_there_and_promises_it_to_one_alone() {
    clean(|| {
        let (sender, receiver) = unbounded();
        let (other, never) = unbounded::<u32>();
        let takers: Vec<_> = (0..2)
            .map(|_| {
                let (receiver, never) = (receiver.clone(), never.clone());
                thread::spawn(move || {
                    let mut select = Select::new();
                    let wanted = select.recv(&receiver);
                    select.recv(&never);
                    let chosen = select.select();
                    assert_eq!(chosen.index(), wanted);
                    chosen.recv(&receiver).unwrap()
                })
            })
            .collect();
        sender.send(1).unwrap();
        sender.send(2).unwrap();
        let sum: u32 = takers.into_iter().map(|taker| taker.join().unwrap()).sum();
        assert_eq!(sum, 3);
        let mut select = Select::new();
        select.recv(&never);
        assert!(select.try_select().is_err() && select.try_ready().is_err());
        assert!(select.ready_timeout(Duration::from_secs(1)).is_err());
        drop(other);
        let chosen = select.select_timeout(Duration::from_secs(1)).unwrap();
        assert!(chosen.recv(&never).is_err());
    });
}
