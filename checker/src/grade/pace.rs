//! How many checks run at the same time, and when a question has had enough
//! time-outs.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use course::catalog::{Check, Kind};
use course::judge::judge_after_timeouts;
use course::outcome::Exit;
use supervise::queue::check_workers;
use supervise::{Next, Slot, Slots, cores};

use super::event::Judged;

/// A check that has run for so long waits for something, most likely for ever, and
/// does not keep others from running.
const BUSY: Duration = Duration::from_secs(1);

/// The same of a check that takes long.
const BUSY_LONG: Duration = Duration::from_secs(15);

/// Most checks of which that is thought at the same time.
const WAITING: usize = 32;

/// Where so many wait, they hang: a machine that is slow has not so many at a time.
const MANY: usize = 8;

/// Where some wait, what is compiled goes first: beside them it would take many times
/// as long, and no check loses by a later start.
const SOME: usize = 4;

/// A check that has waited so long among so many stands back behind what is
/// compiled and the checks that run.
const HANGS: Duration = Duration::from_secs(5);

/// Checks of a question that may run out of time before the rest is left out.
const TIMEOUTS: usize = 2;

/// How long a check that takes long may go on after another one of its question
/// ran out of time.
const AFTER_A_TIMEOUT: Duration = Duration::from_secs(40);

/// What the gradings of one run share of the machine.
#[derive(Debug)]
pub struct Pace {
    building: Slots,
    running: Slots,
    /// Those that take long compute all the time. They have places of their own, so
    /// that they keep no short one from its turn.
    running_long: Slots,
    waiting: Slots,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            // Most of what a submission needs is compiled by one thread.
            building: Slots::new(cores()),
            running: Slots::new(check_workers()),
            running_long: Slots::new(cores()),
            waiting: Slots::new(WAITING),
        }
    }
}

impl Pace {
    /// Waits for a place among those who compile.
    pub fn to_build(&self) -> Slot<'_> {
        self.building.take()
    }

    /// Whether so many checks wait that what is compiled goes first.
    pub fn some_wait(&self) -> bool {
        self.waiting.taken() >= SOME
    }
}

/// The checks of one question, which share their fate: where two of them ran out of
/// time, the others would tell nothing new and take as long.
#[derive(Debug)]
pub struct Turns {
    /// No more at a time than would keep two time-outs from saving the others.
    slots: Slots,
    timeouts: AtomicUsize,
}

impl Default for Turns {
    fn default() -> Self {
        Self { slots: Slots::new(cores().max(TIMEOUTS)), timeouts: AtomicUsize::new(0) }
    }
}

/// What a check is run with: a place among those that run, until it turns out that it
/// waits.
#[derive(Debug)]
pub struct Turn<'a> {
    pace: &'a Pace,
    turns: &'a Turns,
    takes_long: bool,
    /// Its end does not hang on that of the question's other checks.
    is_apart: bool,
    running: Option<Slot<'a>>,
    waiting: Option<Slot<'a>>,
    is_aside: bool,
}

impl Turn<'_> {
    /// What is to become of the check, so long after its start.
    pub fn next(&mut self, elapsed: Duration) -> Next {
        let busy = if self.takes_long { BUSY_LONG } else { BUSY };
        if elapsed > busy && self.running.is_some() {
            self.waiting = self.pace.waiting.try_take();
            if self.waiting.is_some() {
                self.running = None;
            }
        }
        let timeouts = self.turns.timeouts.load(Ordering::Relaxed);
        let had_its_time = self.takes_long && elapsed >= AFTER_A_TIMEOUT;
        if !self.is_apart && (timeouts >= TIMEOUTS || (timeouts > 0 && had_its_time)) {
            return Next::Stop;
        }
        let is_one_of_many = self.waiting.is_some() && self.pace.waiting.taken() >= MANY;
        if is_one_of_many && elapsed > HANGS && !self.is_aside {
            self.is_aside = true;
            return Next::Aside;
        }
        Next::On
    }

    /// Takes notice of the end of a run.
    pub fn ended(&mut self, exit: &Exit) {
        if *exit == Exit::TimedOut {
            self.turns.timeouts.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl Turns {
    /// Whether so many checks ran out of time that the rest is left out.
    #[must_use]
    pub fn were_enough(&self) -> bool {
        self.timeouts.load(Ordering::Relaxed) >= TIMEOUTS
    }

    /// Runs a check when it is its turn, or not at all if there were enough.
    pub fn run(
        &self,
        pace: &Pace,
        check: &Check,
        work: impl FnOnce(&mut Turn<'_>) -> Judged,
    ) -> Judged {
        // The model checker sees a lost wake-up as such, whatever hangs elsewhere, and is
        // soon done: which of the others came first must not decide whether it runs.
        let is_apart = check.kind == Kind::Schedule;
        let _slot = (!is_apart).then(|| self.slots.take());
        if pace.some_wait() {
            pace.building.until_free();
        }
        let takes_long = check.takes_long();
        let running = if takes_long { &pace.running_long } else { &pace.running };
        let running = Some(running.take());
        let mut turn = Turn {
            pace,
            turns: self,
            takes_long,
            is_apart,
            running,
            waiting: None,
            is_aside: false,
        };
        match turn.next(Duration::ZERO) {
            Next::Stop => Judged::at_once(judge_after_timeouts()),
            _ => work(&mut turn),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::Duration;

    use course::catalog::{Check, Kind};
    use course::outcome::Exit;
    use course::points::Points;
    use course::verdict::{Judgement, Reason, Verdict};

    use supervise::Next;

    use super::{AFTER_A_TIMEOUT, BUSY, BUSY_LONG, HANGS, MANY, Pace, SOME, Turns};
    use crate::grade::event::Judged;

    fn check(kind: Kind) -> Check {
        Check {
            id: "9.1/check".to_owned(),
            kind,
            points: Points::ZERO,
            proves: String::new(),
            deadline_s: None,
            hidden: false,
            memory: None,
            speed: None,
            rubric: None,
        }
    }

    #[test]
    fn after_two_time_outs_the_rest_of_a_question_is_not_run() {
        let (pace, turns) = (Pace::default(), Turns::default());
        let pass = || Judged::at_once(Judgement::pass(""));
        let property = check(Kind::Property);
        for exit in [Exit::TimedOut, Exit::Code(1), Exit::TimedOut] {
            let judged = turns.run(&pace, &property, |turn| {
                turn.ended(&exit);
                pass()
            });
            assert_eq!(judged.judgement.verdict, Verdict::Pass, "{exit:?}");
        }
        let judged = turns.run(&pace, &property, |_| unreachable!("it is not run"));
        assert_eq!(judged.judgement.verdict, Verdict::Fail);
        assert_eq!(judged.judgement.reason, Reason::Timeout);
        // Only what the model checker says does not hang on the others.
        let judged = turns.run(&pace, &check(Kind::Schedule), |turn| {
            assert_eq!(turn.next(AFTER_A_TIMEOUT), Next::On);
            pass()
        });
        assert_eq!(judged, pass());
        // Another question has its own count.
        assert_eq!(Turns::default().run(&pace, &property, |_| pass()), pass());
    }

    #[test]
    fn one_time_out_leaves_the_others_their_time() {
        let (pace, turns) = (Pace::default(), Turns::default());
        turns.run(&pace, &check(Kind::Memory), |turn| {
            assert_eq!(turn.next(AFTER_A_TIMEOUT), Next::On, "nothing has run out of time");
            turn.ended(&Exit::TimedOut);
            assert_eq!(turn.next(BUSY), Next::On);
            assert_eq!(turn.next(AFTER_A_TIMEOUT), Next::Stop);
            Judged::at_once(Judgement::pass(""))
        });
        turns.run(&pace, &check(Kind::Property), |turn| {
            assert_eq!(turn.next(AFTER_A_TIMEOUT), Next::On, "it has its own deadline");
            Judged::at_once(Judgement::pass(""))
        });
    }

    #[test]
    fn a_check_that_waits_keeps_nobody_from_running() {
        let (pace, turns) = (Pace::default(), Turns::default());
        let pass = || Judged::at_once(Judgement::pass(""));
        let _all_but_one: Vec<_> =
            (1..supervise::queue::check_workers()).map(|_| pace.running.take()).collect();
        turns.run(&pace, &check(Kind::Property), |turn| {
            assert!(pace.running.try_take().is_none());
            assert_eq!(turn.next(BUSY + Duration::from_millis(1)), Next::On);
            assert!(pace.running.try_take().is_some());
            pass()
        });
        let _all_but_one: Vec<_> =
            (1..supervise::cores()).map(|_| pace.running_long.take()).collect();
        turns.run(&pace, &check(Kind::Memory), |turn| {
            assert!(pace.running.try_take().is_some(), "short ones have their own places");
            assert_eq!(turn.next(BUSY_LONG), Next::On);
            assert!(pace.running_long.try_take().is_none(), "it computes all the time");
            pass()
        });
    }

    #[test]
    fn where_some_wait_what_is_compiled_goes_first() {
        let (pace, turns, has_run) = (Pace::default(), Turns::default(), AtomicBool::new(false));
        let _others: Vec<_> = (0..SOME).map(|_| pace.waiting.take()).collect();
        let build = pace.to_build();
        std::thread::scope(|scope| {
            scope.spawn(|| {
                turns.run(&pace, &check(Kind::Property), |_| {
                    has_run.store(true, Ordering::Relaxed);
                    Judged::at_once(Judgement::pass(""))
                })
            });
            // A chance to run too early.
            (0..10_000).for_each(|_| std::thread::yield_now());
            let is_early = has_run.load(Ordering::Relaxed);
            drop(build);
            assert!(!is_early, "it ran beside a build");
        });
        assert!(has_run.into_inner());
    }

    #[test]
    fn one_of_many_that_hang_stands_back_once() {
        let (pace, turns) = (Pace::default(), Turns::default());
        let run = |after: Next| {
            turns.run(&pace, &check(Kind::Property), |turn| {
                assert_eq!(turn.next(BUSY + Duration::from_millis(1)), Next::On);
                assert_eq!(turn.next(HANGS + Duration::from_millis(1)), after);
                assert_eq!(turn.next(HANGS + Duration::from_millis(2)), Next::On);
                Judged::at_once(Judgement::pass(""))
            });
        };
        run(Next::On);
        let _others: Vec<_> = (1..MANY).map(|_| pace.waiting.take()).collect();
        run(Next::Aside);
    }
}
