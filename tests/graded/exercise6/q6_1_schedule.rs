//! The schedule check of question 6.1: the scheduler under many orders of its
//! steps, with a clock that stands still until it is moved.

use std::sync::PoisonError;
use std::time::Duration;

use exercise6_model::{Failure, Scheduler};
use harness::model::sync::atomic::{AtomicUsize, Ordering};
use harness::model::sync::mpsc::channel;
use harness::model::sync::{Arc, Condvar, Mutex, MutexGuard};
use harness::model::thread::{scope, yield_now};
use harness::{checks, expect, expect_eq, schedules};
use records::clock::Clock;

checks! {
    "6.1/schedule" => no_order_of_steps_breaks_the_scheduler,
}

const SECOND: Duration = Duration::from_secs(1);

/// The manual clock once more: this one's waits are seen by the model.
#[derive(Default)]
struct ModelClock {
    state: Mutex<Hands>,
    changed: Condvar,
}

#[derive(Default)]
struct Hands {
    now: Duration,
    woken: bool,
}

impl ModelClock {
    fn lock(&self) -> MutexGuard<'_, Hands> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn advance(&self, by: Duration) {
        self.lock().now += by;
        self.changed.notify_all();
    }
}

impl Clock for ModelClock {
    fn now(&self) -> Duration {
        self.lock().now
    }

    fn wait(&self, until: Option<Duration>) {
        let is_waiting =
            |hands: &mut Hands| !hands.woken && until.is_none_or(|until| hands.now < until);
        let hands = self.changed.wait_while(self.lock(), is_waiting);
        hands.unwrap_or_else(PoisonError::into_inner).woken = false;
    }

    fn wake(&self) {
        self.lock().woken = true;
        self.changed.notify_all();
    }
}

fn no_order_of_steps_breaks_the_scheduler() {
    schedules("waiting for 3 tasks, with 2 workers", || {
        let scheduler = Scheduler::with_clock(2, Arc::new(ModelClock::default()));
        let timeouts = [None, Some(SECOND), None];
        let tickets: Vec<_> = (0..3)
            .map(|n| {
                let job = move |_: &_| {
                    yield_now();
                    n
                };
                scheduler.submit(n, timeouts[n as usize], job).expect("the scheduler is open")
            })
            .collect();
        for (n, ticket) in tickets.into_iter().enumerate() {
            expect_eq(format_args!("the outcome of task {n}"), &ticket.wait(), &Ok(n as i32));
            let over = scheduler.progress().done;
            expect(
                over > n,
                format_args!(
                    "the tickets of {} tasks had come, and the progress had {over} of them. Count a task before its ticket says so.",
                    n + 1
                ),
            );
        }
        let progress = scheduler.finish();
        expect_eq("total and done in the end", &(progress.total, progress.done), &(3, 3));
    });
    schedules("a task that looks at its token, with a timeout of 1 s and 1 worker", || {
        let clock = Arc::new(ModelClock::default());
        let scheduler = Scheduler::with_clock(1, Arc::clone(&clock) as Arc<dyn Clock>);
        let (begin, begun) = channel();
        let slow = scheduler.submit(0, Some(SECOND), move |token| {
            // Nobody hears it a second time.
            let _ = begin.send(token.clone());
            while !token.is_cancelled() {
                yield_now();
            }
        });
        let next = scheduler.submit(0, None, |_| ()).expect("the scheduler is open");
        let token = begun.recv().expect("the job has begun");
        clock.advance(SECOND);
        let slow = slow.expect("the scheduler is open").wait();
        expect_eq("the outcome of the slow task", &slow, &Err(Failure::TimedOut));
        expect(
            token.is_cancelled(),
            "the ticket of the slow task said that its time was over, and its token was not \
             cancelled yet: first the token, then the ticket.",
        );
        expect_eq("the outcome of the task behind it", &next.wait(), &Ok(()));
        let progress = scheduler.finish();
        let got = (progress.total, progress.done, progress.timed_out);
        expect_eq("total, done and timed_out in the end", &got, &(2, 1, 1));
    });
    schedules("a job that ends when the clock shows its deadline, with 1 worker", || {
        let clock = Arc::new(ModelClock::default());
        let scheduler = Scheduler::with_clock(1, Arc::clone(&clock) as Arc<dyn Clock>);
        for how in ["returns", "panics"] {
            let clock = Arc::clone(&clock);
            let ticket = scheduler.submit(0, Some(SECOND), move |_| {
                clock.advance(SECOND);
                assert_eq!(how, "returns");
            });
            let outcome = ticket.expect("the scheduler is open").wait();
            expect_eq(
                format_args!("the outcome of a job that {how} at exactly its deadline"),
                &outcome,
                &Err(Failure::TimedOut),
            );
        }
        let progress = scheduler.finish();
        let got = (progress.done, progress.failed, progress.timed_out);
        expect_eq("done, failed and timed_out in the end", &got, &(0, 0, 2));
    });
    schedules("a shutdown while another thread submits 2 tasks, with 1 worker", || {
        let scheduler = Scheduler::with_clock(1, Arc::new(ModelClock::default()));
        let done = Arc::new(AtomicUsize::new(0));
        let taken = scope(|scope| {
            let other = scope.spawn(|| {
                let submit = |_: &i32| {
                    let done = Arc::clone(&done);
                    let job = move |_: &_| _ = done.fetch_add(1, Ordering::SeqCst);
                    scheduler.submit(0, None, job).is_ok()
                };
                (0..2).filter(submit).count()
            });
            scheduler.shutdown();
            other.join().expect("submit does not panic")
        });
        let progress = scheduler.finish();
        let got = (progress.total, progress.done, done.load(Ordering::SeqCst));
        expect_eq("total, done and the jobs run in the end", &got, &(taken, taken, taken));
    });
}
