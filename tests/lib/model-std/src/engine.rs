//! Runs a program under many schedules, and records what it does.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::time::Duration;

use shuttle::scheduler::{Schedule, Scheduler, Task, TaskId};
use shuttle::{Config, FailurePersistence, MaxSteps, Runner};

/// How a program is explored.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// The seed that all schedules are drawn from.
    pub seed: u64,
    /// How many schedules are tried.
    pub schedules: usize,
    /// Steps after which a schedule counts as one that never ends.
    pub steps: usize,
    /// The seed of the one schedule that is run instead, to see it again.
    pub only: Option<u64>,
}

/// What came of a program that failed under no schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explored {
    /// How many schedules were tried.
    pub schedules: usize,
    /// The most threads that the program started in one of them.
    pub threads: usize,
}

/// The first schedule that failed.
#[derive(Debug)]
pub struct Failure {
    /// What happened.
    pub what: Broken,
    /// How many schedules had been tried, with this one.
    pub schedule: usize,
    /// Its seed: all that is needed to run it again.
    pub seed: u64,
}

/// What can happen under a schedule.
#[derive(Debug)]
pub enum Broken {
    /// Every thread that is left waits, and none is there to wake it.
    Deadlock(Vec<Waiting>),
    /// The program was still running after so many steps.
    Endless(usize),
    /// The program panicked: most often an assertion about its result.
    Panic(Box<dyn Any + Send>),
}

/// One thread of a deadlock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Threads are numbered as they were started, from 0, the caller's.
    pub thread: usize,
    /// What it waits for, as a sentence goes on.
    pub what: &'static str,
}

/// The state of one run of the program.
#[derive(Debug, Default)]
struct World {
    clock: Duration,
    started: usize,
    waiting: BTreeMap<usize, &'static str>,
}

std::thread_local! {
    static WORLD: RefCell<World> = RefCell::default();
}

fn world<R>(act: impl FnOnce(&mut World) -> R) -> R {
    WORLD.with_borrow_mut(act)
}

/// Runs `program` under the schedules of `plan`, up to the first that fails.
///
/// # Errors
/// With the first schedule that failed.
pub fn explore(
    plan: Plan,
    program: impl Fn() + Send + Sync + 'static,
) -> Result<Explored, Failure> {
    let seeds = plan.only.map_or_else(
        || (0..plan.schedules as u64).map(|index| mixed(plan.seed ^ mixed(index))).collect(),
        |seed| vec![seed],
    );
    let current = Rc::new(Cell::new((0, 0)));
    let mut config = Config::new();
    config.stack_size = 256 << 10;
    config.failure_persistence = FailurePersistence::None;
    config.max_steps = MaxSteps::FailAfter(plan.steps);
    config.silence_warnings = true;
    let scheduler =
        Shuffle { seeds: seeds.into_iter(), current: Rc::clone(&current), ..Shuffle::default() };
    let most = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let threads = std::sync::Arc::clone(&most);
    let run = move || {
        world(|world| *world = World::default());
        program();
        threads.fetch_max(world(|world| world.started), std::sync::atomic::Ordering::Relaxed);
    };
    match catch_unwind(AssertUnwindSafe(|| Runner::new(scheduler, config).run(run))) {
        Ok(schedules) => {
            let threads = most.load(std::sync::atomic::Ordering::Relaxed);
            Ok(Explored { schedules, threads })
        }
        Err(panic) => {
            let (schedule, seed) = current.get();
            Err(Failure { what: Broken::of(panic, plan.steps), schedule, seed })
        }
    }
}

impl Broken {
    fn of(panic: Box<dyn Any + Send>, steps: usize) -> Self {
        // Shuttle has no other way to tell these two from a program's panic.
        let text = panic.downcast_ref::<String>().map_or("", String::as_str);
        if text.starts_with("deadlock! blocked tasks") {
            let waiting = world(|world| std::mem::take(&mut world.waiting));
            let waiting = waiting.into_iter().map(|(thread, what)| Waiting { thread, what });
            Self::Deadlock(waiting.collect())
        } else if text.starts_with("exceeded max_steps bound") {
            Self::Endless(steps)
        } else {
            Self::Panic(panic)
        }
    }
}

/// Whether a panic says that a thread of the machine, which the model knows
/// nothing of, used something of the model's.
#[must_use]
pub fn is_foreign(panic: &str) -> bool {
    panic.contains("cannot access a scoped thread local variable without calling `set` first")
}

/// Notes that a thread was started.
pub(crate) fn note_start() {
    world(|world| world.started += 1);
}

/// Runs `wait`, which may block, and keeps in mind what for.
pub(crate) fn waiting<R>(what: &'static str, wait: impl FnOnce() -> R) -> R {
    let me = usize::from(shuttle::current::me());
    let before = world(|world| world.waiting.insert(me, what));
    let result = wait();
    world(|world| match before {
        Some(before) => _ = world.waiting.insert(me, before),
        None => _ = world.waiting.remove(&me),
    });
    result
}

/// The model's clock.
pub(crate) fn now() -> Duration {
    world(|world| world.clock)
}

/// Moves the clock on to `time`, unless it is later already.
pub(crate) fn advance(time: Duration) {
    world(|world| world.clock = world.clock.max(time));
}

/// Yes or no, by the choice of the scheduler.
#[must_use]
pub fn coin() -> bool {
    use shuttle::rand::RngCore;
    shuttle::rand::thread_rng().next_u32() & 1 == 1
}

/// A scheduler with three manners, each for a third of the schedules: all
/// threads alike; mostly the thread that ran last; and mostly the first in a
/// random order of rank, which lets one thread wait for very long.
///
/// No manner is strict: every thread that can run gets its turn now and then,
/// so that a loop that waits for another thread comes to its end.
#[derive(Debug, Default)]
struct Shuffle {
    seeds: std::vec::IntoIter<u64>,
    current: Rc<Cell<(usize, u64)>>,
    random: Random,
    manner: u64,
    rank: u64,
}

impl Scheduler for Shuffle {
    fn new_execution(&mut self) -> Option<Schedule> {
        let seed = self.seeds.next()?;
        self.current.set((self.current.get().0 + 1, seed));
        self.random = Random(seed);
        self.manner = self.random.next() % 3;
        self.rank = self.random.next();
        Some(Schedule::new(seed))
    }

    fn next_task(
        &mut self,
        runnable: &[&Task],
        current: Option<TaskId>,
        is_yielding: bool,
    ) -> Option<TaskId> {
        let any = runnable[(self.random.next() % runnable.len() as u64) as usize].id();
        let keeps_manner = !self.random.next().is_multiple_of(8);
        let chosen = match self.manner {
            1 if keeps_manner && !is_yielding => {
                current.filter(|current| runnable.iter().any(|task| task.id() == *current))
            }
            2 if keeps_manner => runnable
                .iter()
                .map(|task| task.id())
                .filter(|task| !is_yielding || Some(*task) != current)
                .min_by_key(|task| mixed(self.rank ^ usize::from(*task) as u64)),
            _ => None,
        };
        // Now and then the ranks are drawn anew.
        if self.random.next().is_multiple_of(64) {
            self.rank = self.random.next();
        }
        Some(chosen.unwrap_or(any))
    }

    fn next_u64(&mut self) -> u64 {
        self.random.next()
    }
}

/// `SplitMix64`.
#[derive(Debug, Default)]
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mixed(self.0)
    }
}

fn mixed(seed: u64) -> u64 {
    let z = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
