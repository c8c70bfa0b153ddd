//! How far a class is: a bar with an estimate on a terminal, otherwise a line for
//! each student.

use std::fmt::Write;
use std::io::IsTerminal;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use kit::text::clean_line;

/// The progress of one run.
#[derive(Debug)]
pub(super) struct Progress {
    bar: ProgressBar,
    is_terminal: bool,
    /// When the first submission was begun, and how many were done without grading.
    begun: OnceLock<(Instant, u64)>,
}

impl Progress {
    /// Of so many students.
    pub fn new(students: usize) -> Self {
        let is_terminal = std::io::stderr().is_terminal();
        let target =
            if is_terminal { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(students as u64), target);
        let style =
            ProgressStyle::with_template("{bar:30} {pos} of {len} students{left}  {wide_msg}")
                .unwrap_or_else(|_| ProgressStyle::default_bar())
                .with_key("left", |state: &ProgressState, out: &mut dyn Write| {
                    // Before the first one is done, nobody knows.
                    if state.pos() > 0 {
                        let _ = write!(out, ", about {:#} left", HumanDuration(state.eta()));
                    }
                });
        bar.set_style(style);
        bar.enable_steady_tick(Duration::from_secs(1));
        Self { bar, is_terminal, begun: OnceLock::new() }
    }

    /// From now on submissions are graded, which takes its time.
    pub fn grading(&self) {
        self.begun.get_or_init(|| (Instant::now(), self.bar.position()));
        self.bar.reset_eta();
    }

    /// Says what is being done now.
    pub fn now(&self, what: &str) {
        if self.is_terminal {
            self.bar.set_message(clean_line(what));
        }
    }

    /// Says something that stays.
    pub fn say(&self, line: &str) {
        self.bar.suspend(|| eprintln!("  {}", clean_line(line)));
    }

    /// One more student is done.
    pub fn done(&self, line: &str) {
        self.bar.inc(1);
        if !self.is_terminal {
            let (at, of) = (self.bar.position(), self.bar.length().unwrap_or(0));
            let left = self.begun.get().map(|(begin, before)| {
                let done = u32::try_from(at - before).unwrap_or(u32::MAX).max(1);
                let rest = u32::try_from(of - at).unwrap_or(u32::MAX);
                format!(" (about {} left)", HumanDuration(begin.elapsed() / done * rest))
            });
            eprintln!("  {at} of {of}: {}{}", clean_line(line), left.unwrap_or_default());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
