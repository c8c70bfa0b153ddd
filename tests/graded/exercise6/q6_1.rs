//! Checks of question 6.1: a scheduler with priorities, timeouts and progress.

#[path = "counts.rs"]
mod counts;
#[path = "drops.rs"]
mod drops;
#[path = "rig.rs"]
mod rig;
#[path = "tokens.rs"]
mod tokens;

use std::cmp::Reverse;
use std::panic::panic_any;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::time::Duration;

use exercise6::{Closed, Failure, ManualClock, Progress, Scheduler};
use harness::proptest::prelude::*;
use harness::{
    Gate, Rendezvous, Unrest, checks, expect, expect_eq, fail, property, snapshot, threads_now,
    wait_for_threads,
};

use harness::crew::{Chance, Watch, assert_met, in_time, unwrap};
use rig::{Course, Lockstep, Rig, TIMEOUT, outcome, until_cancelled};

checks! {
    "6.1/order" => the_most_urgent_goes_first,
    "6.1/together" => workers_run_together_and_no_more,
    "6.1/outcomes" => every_ticket_has_its_outcome,
    "6.1/deadline" => the_deadline_counts_from_the_begin,
    "6.1/cancel" => tokens::who_is_told_to_stop_frees_the_worker,
    "6.1/clock" => the_clock_is_watched_all_the_time,
    "6.1/progress" => counts::every_task_is_counted_once,
    "6.1/report" => the_progress_is_one_line,
    "6.1/shutdown" => the_end_is_orderly,
}

const TICK: Duration = Duration::from_nanos(1);

fn the_most_urgent_goes_first() {
    // By hand first: what hangs would hang again for every input.
    assert_order(&[1, 3, 2, 3], &[3, 5]);
    let priority =
        prop_oneof![4 => -2..=2, 2 => any::<i32>(), 1 => Just(i32::MIN), 1 => Just(i32::MAX)];
    let priorities = |least| prop::collection::vec(priority.clone(), least..12);
    // More equals than a byte can number.
    assert_order(&[7; 300], &[]);
    property(60, (priorities(1), priorities(0)), |(early, late)| assert_order(&early, &late));
}

/// Submits tasks of the priorities `early` while the only worker is busy, and
/// those of `late` while it runs the first of them.
fn assert_order(early: &[i32], late: &[i32]) {
    let rig = Rig::new(1);
    let [hold, second] = [Gate::new(), Gate::new()].map(Arc::new);
    rig.submit_at(&hold, None);
    rig.await_begin(&hold);
    let (begin, begun) = channel();
    let first = Arc::new(AtomicBool::new(true));
    let submit = |number: usize, priority| {
        let (begin, first, gate) = (begin.clone(), Arc::clone(&first), Arc::clone(&second));
        rig.submit(priority, None, move |_| {
            let _ = begin.send(number);
            u64::from(first.swap(false, Ordering::SeqCst) && gate.wait())
        });
    };
    early.iter().enumerate().for_each(|(number, &priority)| submit(number, priority));
    hold.open();
    rig.await_begin(&second);
    late.iter().zip(early.len()..).for_each(|(&priority, number)| submit(number, priority));
    second.open();
    rig.finish();

    let priorities = [early, late].concat();
    let mut waiting: Vec<usize> = (0..early.len()).collect();
    waiting.sort_by_key(|&number| Reverse(priorities[number]));
    let mut want = vec![waiting.remove(0)];
    waiting.extend(early.len()..priorities.len());
    waiting.sort_by_key(|&number| Reverse(priorities[number]));
    want.extend(waiting);
    expect_eq(
        format_args!(
            "one worker was busy while tasks of the priorities {early:?} were submitted, and those \
             of {late:?} came while it ran the first of them. Higher ones go first, equal ones in \
             the order of arrival. The order in which they began, by number,"
        ),
        &begun.try_iter().collect::<Vec<_>>(),
        &want,
    );
}

fn workers_run_together_and_no_more() {
    for count in [4, 19] {
        let rig = Rig::new(count);
        let rendezvous = Arc::new(Rendezvous::new(count));
        let tickets: Vec<_> = (0..count as u64)
            .map(|n| {
                let rendezvous = Arc::clone(&rendezvous);
                rig.submit(0, None, move |_| (rendezvous.meet(), n).1)
            })
            .collect();
        let what = format!("{count} tasks of a scheduler with {count} workers");
        tickets.into_iter().for_each(|ticket| drop(outcome(&what, ticket)));
        assert_met(&what, &rendezvous);
        rig.finish();
    }

    let rig = Rig::new(3);
    let watch = Arc::new(Watch::new(3));
    for n in 0..60 {
        let watch = Arc::clone(&watch);
        rig.submit(n % 5, None, move |_| (watch.job(), 0).1);
    }
    rig.finish();
    watch.assert_kept("the scheduler");
    expect(watch.started() == 60, "the scheduler did not run all of 60 tasks before `finish`.");

    let nobody = in_time("a scheduler with 0 workers", || drop(Scheduler::<u64>::new(0)));
    expect(
        nobody.is_err(),
        "Scheduler::new(0) made a scheduler: without a worker no task can ever run, so 0 workers \
         must panic.",
    );
}

fn every_ticket_has_its_outcome() {
    type Job = fn() -> u64;
    let long = "x".repeat(5000);
    let jobs: [(&str, Job, Result<u64, &str>); 7] = [
        ("a job that returns 5", || 5, Ok(5)),
        ("a job that calls panic!(\"no luck\")", || panic!("no luck"), Err("no luck")),
        (
            "a job whose panic has a formatted message",
            || panic!("no luck, {}", std::hint::black_box("again")),
            Err("no luck, again"),
        ),
        ("a job whose panic is no text", || panic_any(5), Err("a panic without a message")),
        ("a job whose panic has an empty text", || panic!(""), Err("")),
        ("a job whose panic has two lines", || panic!("  no\nluck "), Err("  no\nluck ")),
        ("a job whose panic has 5000 letters", || panic!("{}", "x".repeat(5000)), Err(&long)),
    ];
    let rig = Rig::new(1);
    for timeout in [None, Some(TIMEOUT), Some(Duration::MAX)] {
        for (what, job, want) in jobs {
            let ticket = rig.submit(0, timeout, move |_| job());
            let want = want.map_err(|message| Failure::Panicked(message.to_owned()));
            let what = format!("{what}, with the timeout {timeout:?}");
            expect_eq(format_args!("the outcome of {what}"), &outcome(&what, ticket), &want);
        }
    }
    // Dropped tickets, all of them before the first task can begin: run as well.
    let hold = Arc::new(Gate::new());
    let _held = rig.submit_at(&hold, None);
    rig.await_begin(&hold);
    let run = Arc::new(AtomicUsize::new(0));
    for _ in 0..20 {
        let run = Arc::clone(&run);
        let _ = rig.submit(0, None, move |_| run.fetch_add(1, Ordering::SeqCst) as u64);
    }
    hold.open();
    let last = rig.submit(0, None, |_| 7);
    expect_eq("a task after 20 whose tickets were dropped", &outcome("it", last), &Ok(7));
    // Not before the end: which of equals comes first is another check's matter.
    rig.finish();
    expect_eq("how many of these 20 were run", &run.load(Ordering::SeqCst), &20);
}

fn the_deadline_counts_from_the_begin() {
    let rig = Rig::new(1);
    let [hold, slow] = [Gate::new(), Gate::new()].map(Arc::new);
    rig.submit_at(&hold, None);
    rig.await_begin(&hold);
    let ticket = rig.submit_at(&slow, Some(TIMEOUT));
    rig.clock.advance(6 * TIMEOUT);
    hold.open();
    rig.await_begin(&slow);
    let early = |when: &str| {
        Chance::default().wait(|| rig.progress().timed_out > 0);
        let story = "a task with a timeout of 10 s waited 60 s in the queue";
        let rule = "the timeout counts from the moment when the job begins";
        if rig.progress().timed_out > 0 {
            fail(format!("{story}, and had timed out {when}: {rule}."));
        }
    };
    early("when its job had only begun");
    rig.clock.advance(TIMEOUT - TICK);
    early("before its job had run for 10 s");
    rig.clock.advance(TICK);
    let what = "a job that still runs at exactly its deadline";
    let reported = outcome(what, ticket);
    expect_eq(what, &reported, &Err(Failure::TimedOut));
    expect(
        !slow.gave_up(),
        "a job was still running at its deadline, and nothing was reported until it returned: \
         somebody must wait on the clock while the workers are busy.",
    );
    slow.open();
    rig.finish();

    const YEAR: Duration = Duration::from_secs(365 * 86_400);
    for (what, timeout, advance, want) in [
        ("a job that ends 1 ns before its deadline", Some(TIMEOUT), TIMEOUT - TICK, Ok(1)),
        ("a job that ends at its deadline", Some(TIMEOUT), TIMEOUT, Err(Failure::TimedOut)),
        (
            "a job with a timeout of 1.5 s that ends after 1 s",
            Some(Duration::from_millis(1500)),
            Duration::from_secs(1),
            Ok(1),
        ),
        ("a job with no time at all", Some(Duration::ZERO), TICK, Err(Failure::TimedOut)),
        ("a job without timeout, after ages,", None, Duration::MAX / 2, Ok(1)),
        (
            "a job with a timeout of ten years that ends after eleven",
            Some(10 * YEAR),
            11 * YEAR,
            Err(Failure::TimedOut),
        ),
        (
            "a job with the longest timeout, after ages,",
            Some(Duration::MAX),
            Duration::MAX / 2,
            Ok(1),
        ),
    ] {
        let (rig, gate) = (Rig::new(1), Arc::new(Gate::new()));
        rig.clock.advance(TICK);
        let ticket = rig.submit_at(&gate, timeout);
        rig.await_begin(&gate);
        rig.clock.advance(advance);
        gate.open();
        expect_eq(what, &outcome(what, ticket), &want);
        rig.finish();
    }
}

fn the_clock_is_watched_all_the_time() {
    // The next deadline need not belong to the task that began first.
    let rig = Rig::new(2);
    let gates = [Gate::new(), Gate::new()].map(Arc::new);
    let long = rig.submit_at(&gates[0], Some(10 * TIMEOUT));
    rig.await_begin(&gates[0]);
    let short = rig.submit_at(&gates[1], Some(TIMEOUT));
    rig.await_begin(&gates[1]);
    rig.pass_timeout();
    let what = "a task of 10 s that began after one of 100 s, when 10 s are over,";
    let reported = outcome(what, short);
    let unseen = "its job still ran, and nothing was reported until it returned";
    expect_eq(what, &reported, &Err(Failure::TimedOut));
    expect(!gates[1].gave_up(), format_args!("{what}: {unseen}."));
    expect_eq("how many had timed out then", &rig.progress().timed_out, &1);
    rig.clock.advance(9 * TIMEOUT);
    let what = "the task of 100 s, when 100 s are over,";
    let reported = outcome(what, long);
    expect_eq(what, &reported, &Err(Failure::TimedOut));
    expect(!gates[0].gave_up(), format_args!("{what}: {unseen}."));
    gates.iter().for_each(|gate| gate.open());
    rig.finish();

    // A full queue with more urgent tasks than one can count does not delay it.
    const WAITING: usize = 5000;
    let (rig, gate) = (Rig::new(1), Arc::new(Gate::new()));
    let slow = rig.submit_at(&gate, Some(TIMEOUT));
    rig.await_begin(&gate);
    for _ in 0..WAITING {
        rig.submit(i32::MAX, Some(TIMEOUT), |_| 0);
    }
    rig.pass_timeout();
    let what = format!("a slow task with {WAITING} more urgent ones in the queue");
    let reported = outcome(&what, slow);
    expect_eq(&what, &reported, &Err(Failure::TimedOut));
    expect(
        !gate.gave_up(),
        format_args!("{what} was at its deadline, and nothing was reported until it returned."),
    );
    gate.open();
    rig.finish();

    // To wait on the clock is no polling.
    const READINGS: usize = 100;
    let (rig, gate) = (Rig::new(1), Arc::new(Gate::new()));
    rig.submit_at(&gate, Some(TIMEOUT));
    rig.await_begin(&gate);
    Chance::default().wait(|| rig.clock.readings() > READINGS);
    let readings = rig.clock.readings();
    expect(
        readings <= READINGS,
        format_args!(
            "one job was running and nothing else happened, and the clock was read {readings} \
             times: do not poll, let `Clock::wait` wake you."
        ),
    );
    gate.open();
    rig.finish();
    sleep_is_sleep();

    // The ordinary clock, and a job that ends only because its time is over.
    let scheduler = Scheduler::new(1);
    let slow = scheduler
        .submit(0, Some(Duration::from_millis(1)), |token| u64::from(until_cancelled(token)));
    let what = "a job of Scheduler::new(1) with a timeout of 1 ms that runs until it is cancelled";
    let slow = slow
        .unwrap_or_else(|Closed| fail("submit refused a task though nobody has called shutdown."));
    expect_eq(what, &outcome(what, slow), &Err(Failure::TimedOut));
    unwrap(in_time("finish", || scheduler.finish()));
}

/// Three idle workers, one with a job that sleeps, and somebody who waits for its ticket.
fn sleep_is_sleep() {
    let (rig, gate) = (Rig::new(4), Arc::new(Gate::new()));
    let ticket = rig.submit_at(&gate, Some(TIMEOUT));
    rig.await_begin(&gate);
    let waiting = std::thread::spawn(move || ticket.wait());
    let unrest = Unrest::of_this_process();
    gate.open();
    expect(
        unrest.is_rest(),
        format_args!(
            "nothing happened for a while in a scheduler with 4 workers and one job, and yet its \
             threads woke up {} times and used {:?} of CPU time. Nobody polls: a worker sleeps \
             until there is a task, whoever waits for a ticket until there is an outcome.",
            unrest.wakes, unrest.cpu
        ),
    );
    let what = "the job that has slept";
    let outcome = in_time(what, move || unwrap(waiting.join()));
    expect_eq(what, &unwrap(outcome), &Ok(1));
    rig.finish();
}

fn the_progress_is_one_line() {
    use Course::{Ends, Panics, TimesOut};
    let mut lines = vec!["Ten tasks, one after the other".to_owned()];
    let courses = [Ends, Panics, Ends, TimesOut, Ends, Ends, TimesOut, Ends, Panics, Ends];
    Lockstep::new(courses.len()).run(&courses, |progress| lines.push(format!("  {progress}")));
    lines.push("No tasks at all".to_owned());
    Lockstep::new(0).run(&[], |progress| lines.push(format!("  {progress}")));
    snapshot("progress", &lines.join("\n"));
}

fn the_end_is_orderly() {
    let threads = threads_now();
    let rig = Rig::new(1);
    let gate = Arc::new(Gate::new());
    let first = {
        let gate = Arc::clone(&gate);
        rig.submit(0, None, move |token| u64::from(gate.wait() && !token.is_cancelled()))
    };
    rig.await_begin(&gate);
    let begun = Arc::new(Gate::new());
    let slow = rig.submit_at(&begun, Some(TIMEOUT));
    let last = rig.submit(-1, None, |_| 3);
    rig.scheduler().shutdown();
    expect(
        !gate.gave_up(),
        "shutdown waited for a job that was running: it returns at once; `finish` waits.",
    );
    let refused = rig.scheduler().submit(0, None, |_| 4);
    let rule = "after shutdown submit must return Err(Closed), and the task is not counted";
    expect(refused.is_err(), format_args!("submit took a task after shutdown: {rule}."));
    expect_eq(format_args!("tasks in all; {rule}"), &rig.progress().total, &3);
    gate.open();
    let what = "a job that was running at shutdown, and which returns 0 if its token is cancelled,";
    expect_eq(what, &outcome(what, first), &Ok(1));
    rig.await_begin(&begun);
    rig.pass_timeout();
    let what = "a task from before shutdown that is too slow after it";
    let reported = outcome(what, slow);
    expect_eq(what, &reported, &Err(Failure::TimedOut));
    expect(
        !begun.gave_up(),
        format_args!(
            "{what} was not reported until its job returned: deadlines are still watched."
        ),
    );
    begun.open();
    let what = "the last task from before shutdown";
    expect_eq(what, &outcome(what, last), &Ok(3));
    let want = Progress { total: 3, done: 2, failed: 0, timed_out: 1 };
    expect_eq("the progress that finish gives", &rig.finish(), &want);
    let stays = "its threads are still there: end and join them, the one at the clock too";
    expect(wait_for_threads(threads), format_args!("a scheduler was finished, and {stays}."));

    // Dropping it is finishing it.
    let rig = Rig::new(2);
    let (ended, late) = (Arc::new(AtomicUsize::new(0)), Arc::new(Chance::default()));
    let returned = Arc::new(AtomicBool::new(false));
    for _ in 0..6 {
        let (ended, late) = (Arc::clone(&ended), Arc::clone(&late));
        let returned = Arc::clone(&returned);
        rig.submit(0, None, move |_| {
            late.wait(|| returned.load(Ordering::SeqCst));
            ended.fetch_add(1, Ordering::SeqCst) as u64
        });
    }
    rig.close();
    let seen = ended.load(Ordering::SeqCst);
    returned.store(true, Ordering::SeqCst);
    expect(
        seen == 6,
        format_args!("a scheduler with 6 tasks was dropped, and {seen} had ended: wait for all."),
    );
    expect(wait_for_threads(threads), format_args!("a scheduler was dropped, and {stays}."));
    let clock = Arc::new(ManualClock::new());
    let idle = Scheduler::<u64>::with_clock(2, clock);
    unwrap(in_time("dropping a scheduler without tasks", || drop(idle)));
    expect(wait_for_threads(threads), format_args!("an idle scheduler was dropped, and {stays}."));
    drops::what_nobody_needs_is_let_go();
}
