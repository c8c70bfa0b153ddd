//! A program under the model checker: many orders of its threads' steps.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use model_std::engine::{Broken, Explored, Failure, Plan, Waiting, explore, is_foreign};
use syn::visit::{self, Visit};

use crate::fail;
use crate::property::mix;
use crate::run::{package_folder, panic_text, panics_said, request};
use crate::seed;

/// How many schedules are tried. A quarter finds every mistake of the corpus.
const SCHEDULES: usize = 400;

/// Steps of one schedule; right programs take a few hundred.
const STEPS: usize = 20_000;

/// Names the one schedule that a student wants to see again. The checker
/// starts its children with an environment of its own, so it never sets this.
pub(crate) const VARIABLE: &str = "COURSE_SCHEDULE";

/// Programs explored so far in this check: their numbers name them.
static PROGRAMS: AtomicUsize = AtomicUsize::new(0);

/// Ends a check whose answer the model cannot give.
pub(crate) struct NotModelled(pub(crate) String);

/// Runs `program` under hundreds of schedules of its threads.
///
/// `program` must be written with the model's `std` ([`crate::model`]) where it
/// shares anything between threads, and must make all of it anew in every run:
/// a schedule is repeated by its seed alone. It panics when the result is
/// wrong. `what` names the call in messages: "`pool_map` of 3 items".
///
/// A pass says that none of these schedules failed, no more than that: see the
/// documentation of [`model_std`].
///
/// # Panics
/// On the first schedule under which threads wait for ever, the program never
/// ends, or panics; and when it starts no threads, as there is nothing to
/// check then.
pub fn schedules(what: &str, program: impl Fn() + Send + Sync + 'static) {
    if let Some(name) = outside_of_the_model(&package_folder().join("src"), &request().check) {
        std::panic::panic_any(NotModelled(format!(
            "{what}: your code uses `{name}`, and this check sees only threads and channels of `std` and \
             of `crossbeam::channel`. That is no mistake; a person decides about the points."
        )));
    }
    let number = PROGRAMS.fetch_add(1, Ordering::Relaxed) + 1;
    let replay = std::env::var(VARIABLE).ok();
    let only = match replay.as_deref().map(parse) {
        None => None,
        Some(Some((program, seed))) if program == number => Some(seed),
        Some(Some(_)) => return,
        Some(None) => fail(format!(
            "{VARIABLE} is not what a failed check has told: a number, a minus sign, and a number in hexadecimal digits"
        )),
    };
    let plan = Plan { seed: mix(seed(), what), schedules: SCHEDULES, steps: STEPS, only };
    match explore(plan, program) {
        Ok(Explored { threads: 0, .. }) => fail(format!(
            "{what} started no thread, so there is nothing in it whose order could change: let workers run the jobs."
        )),
        Ok(_) => {}
        Err(failure) => fail(tell(what, number, &failure)),
    }
}

/// The failure in the course's words, with the way to see it again.
fn tell(what: &str, number: usize, failure: &Failure) -> String {
    let happened = match &failure.what {
        Broken::Deadlock(waiting) => deadlock(what, waiting),
        Broken::Endless(steps) => format!(
            "{what} was still running after {steps} steps: a loop that never ends, or threads that go on \
             waking each other."
        ),
        Broken::Panic(panic) => {
            let said = panic_text(panic.as_ref());
            if is_foreign(&said) || panics_said(is_foreign) {
                std::panic::panic_any(NotModelled(format!(
                    "{what} ran a job on a thread that is not of `std`, which this check cannot follow. That is \
                     no mistake; a person decides about the points."
                )));
            }
            // A stub says no more than that.
            if said.starts_with("not yet implemented") {
                return said;
            }
            said
        }
    };
    let Failure { schedule, seed, .. } = failure;
    format!(
        "{happened}\n  It came in the {} order of steps that was tried; others may do no harm. \
         The same order again:\n  {VARIABLE}={number}-{seed:x} {}",
        ordinal(*schedule),
        request().repeat
    )
}

fn deadlock(what: &str, waiting: &[Waiting]) -> String {
    let lines: String = waiting
        .iter()
        .map(|Waiting { thread, what }| match thread {
            0 => format!("\n  the caller waits {what}"),
            _ => format!("\n  thread {thread} waits {what}"),
        })
        .collect();
    if waiting.iter().any(|waiting| waiting.thread == 0) {
        format!(
            "{what} hangs (a deadlock). Everybody waits, and nobody is left to wake them:{lines}"
        )
    } else {
        format!(
            "{what} came to its end and left {} threads behind, which wait for ever:{lines}",
            waiting.len()
        )
    }
}

fn ordinal(number: usize) -> String {
    let ending = match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

fn parse(replay: &str) -> Option<(usize, u64)> {
    let (program, seed) = replay.split_once('-')?;
    Some((program.parse().ok()?, u64::from_str_radix(seed, 16).ok()?))
}

/// What starts threads of the machine, by the beginning of its path.
const OUTSIDE: [&str; 6] =
    ["rayon", "tokio", "crossbeam::scope", "crossbeam::thread", "crossbeam::sync", "core::sync"];

/// The first name in the files of a check's question that the model knows
/// nothing of.
fn outside_of_the_model(source: &Path, check: &str) -> Option<&'static str> {
    let question = check.split('/').next().unwrap_or_default();
    let prefix = format!("q{}_", question.replace('.', "_"));
    let mut paths = Paths::default();
    for entry in std::fs::read_dir(source).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(&prefix) {
            paths.read(&entry.path());
        }
    }
    OUTSIDE.into_iter().find(|outside| {
        let inside = format!("{outside}::");
        paths.0.iter().any(|path| path == outside || path.starts_with(&inside))
    })
}

/// Every path that is written in some files.
#[derive(Debug, Default)]
struct Paths(BTreeSet<String>);

impl Paths {
    fn read(&mut self, path: &Path) {
        if path.is_dir() {
            for entry in std::fs::read_dir(path).into_iter().flatten().flatten() {
                self.read(&entry.path());
            }
        } else if let Some(file) =
            std::fs::read_to_string(path).ok().and_then(|text| syn::parse_file(&text).ok())
        {
            self.visit_file(&file);
        }
    }

    fn walk(&mut self, before: &str, tree: &syn::UseTree) {
        let path = |name: &syn::Ident| {
            if before.is_empty() { name.to_string() } else { format!("{before}::{name}") }
        };
        match tree {
            syn::UseTree::Path(tree) => self.walk(&path(&tree.ident), &tree.tree),
            syn::UseTree::Name(tree) => _ = self.0.insert(path(&tree.ident)),
            syn::UseTree::Rename(tree) => _ = self.0.insert(path(&tree.ident)),
            syn::UseTree::Glob(_) => _ = self.0.insert(before.to_owned()),
            syn::UseTree::Group(tree) => tree.items.iter().for_each(|tree| self.walk(before, tree)),
        }
    }
}

impl<'ast> Visit<'ast> for Paths {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.walk("", &item.tree);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<String> =
            path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.0.insert(segments.join("::"));
        visit::visit_path(self, path);
    }
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use model_std::sync::atomic::{AtomicUsize, Ordering};
    use model_std::sync::{Arc, Mutex};
    use model_std::thread;

    use super::{outside_of_the_model, parse, schedules};

    fn message(program: impl Fn() + Send + Sync + 'static) -> String {
        let check = AssertUnwindSafe(|| schedules("the program", program));
        let text = *catch_unwind(check).unwrap_err().downcast::<String>().unwrap();
        // The number of the program counts up from one test to the next.
        let (before, replay) = text.split_once("COURSE_SCHEDULE=").unwrap_or((&text, "-"));
        format!("{before}{}", replay.split_once('-').unwrap().1)
    }

    fn lost_update() {
        let counter = Arc::new(AtomicUsize::new(0));
        let other = Arc::clone(&counter);
        let add = |counter: &AtomicUsize| {
            counter.store(counter.load(Ordering::SeqCst) + 1, Ordering::SeqCst);
        };
        let thread = thread::spawn(move || add(&other));
        add(&counter);
        thread.join().unwrap();
        let count = counter.load(Ordering::SeqCst);
        assert!(count == 2, "an update was lost: {count} of 2 arrived");
    }

    #[test]
    fn a_failure_is_told_with_the_command_that_repeats_it_ten_times_the_same() {
        let first = message(lost_update);
        assert!(first.starts_with("an update was lost: 1 of 2 arrived\n"), "{first}");
        assert!(first.ends_with(" cargo test"), "{first}");
        for _ in 0..10 {
            assert_eq!(message(lost_update), first);
        }
    }

    #[test]
    fn a_deadlock_says_who_waits_for_what() {
        let text = message(|| {
            let lock = Arc::new(Mutex::new(()));
            let other = Arc::clone(&lock);
            let _mine = lock.lock().unwrap();
            thread::spawn(move || drop(other.lock())).join().unwrap();
        });
        assert!(text.contains("the program hangs (a deadlock)"), "{text}");
        assert!(text.contains("\n  the caller waits for a thread to end"), "{text}");
        assert!(text.contains("\n  thread 1 waits for a Mutex\n"), "{text}");
    }

    #[test]
    fn loops_without_end_and_programs_without_threads_do_not_pass() {
        let text = message(|| {
            thread::spawn(|| {
                loop {
                    thread::yield_now();
                }
            });
        });
        assert!(text.contains("still running after"), "{text}");
        assert!(message(|| {}).contains("started no thread"));
    }

    #[test]
    fn a_schedule_is_named_by_its_program_and_its_seed() {
        assert_eq!(parse("2-ff"), Some((2, 255)));
        assert_eq!((parse("ff"), parse("2-x"), parse("")), (None, None, None));
    }

    #[test]
    fn what_the_model_cannot_see_is_noticed_in_every_file_of_the_question() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        let look = || outside_of_the_model(folder.path(), "4.1/schedule");
        write("q4_1_pool.rs", "use std::thread;\nuse crossbeam::channel::bounded;\nmod inner;\n");
        write("q4_2_chunks.rs", "use rayon::prelude::*;\n");
        assert_eq!(look(), None);
        write("q4_1_pool/inner.rs", "fn f() { rayon::join(a, b); }");
        assert_eq!(look(), Some("rayon"));
        write("q4_1_pool/inner.rs", "use {crossbeam::{self, scope as s}};");
        assert_eq!(look(), Some("crossbeam::scope"));
    }
}
