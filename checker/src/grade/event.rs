//! What happens while a submission is graded, reported to whoever listens.

use course::catalog::{Check, Exercise, Question};
use course::verdict::Judgement;

/// One thing that happened.
#[derive(Debug, Clone, Copy)]
pub enum Event<'a> {
    /// Something that takes long begins; in words.
    Progress(&'a str),
    /// An exercise is being built.
    Building(&'a Exercise),
    /// A question cannot be built, and the others go on without it.
    LeftOut(&'a Question),
    /// A question cannot be built for the model checker, and goes on without it.
    WithoutModel(&'a Question),
    /// So many checks of an exercise are run.
    Running(&'a Exercise, usize),
    /// A timed check is measured.
    Measuring(&'a Check),
    /// The machine was busy, so a timed check is measured again.
    MeasuringAgain(&'a Check),
    /// A check was judged. Of each check that is graded this is told once.
    Judged(&'a Check, &'a Judged),
}

/// A judged check with what else is to be kept of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// What was decided.
    pub judgement: Judgement,
    /// How long it took, in seconds.
    pub duration_s: f64,
    /// Where its raw numbers are, if it has any.
    pub evidence: Option<std::path::PathBuf>,
    /// Where its plots are, if it has any.
    pub plots: Option<std::path::PathBuf>,
}

impl Judged {
    /// A judgement that took no time of its own.
    #[must_use]
    pub fn at_once(judgement: Judgement) -> Self {
        Self { judgement, duration_s: 0.0, evidence: None, plots: None }
    }
}

/// Hears what happens, on whatever thread it does.
pub trait Listener: Sync {
    /// Called for each event, in the order of one check's own events.
    fn hear(&self, event: &Event<'_>);
}

/// Says on standard error what is being done.
#[derive(Debug, Clone, Copy, Default)]
pub struct Progress;

impl Listener for Progress {
    fn hear(&self, event: &Event<'_>) {
        if let Some(line) = line(event) {
            eprintln!("  {line}");
        }
    }
}

fn line(event: &Event<'_>) -> Option<String> {
    Some(match event {
        Event::Progress(text) => (*text).to_owned(),
        Event::Building(exercise) => format!("{}: building", exercise.id),
        Event::LeftOut(question) => {
            format!("{}: does not compile, going on without it", question.id)
        }
        Event::WithoutModel(question) => {
            format!("{}: cannot be model-checked, going on", question.id)
        }
        Event::Running(exercise, checks) => format!("{}: running {checks} checks", exercise.id),
        Event::Measuring(check) => format!("{}: measuring", check.id),
        Event::MeasuringAgain(check) => {
            format!("{}: the machine is busy, measuring again", check.id)
        }
        Event::Judged(..) => return None,
    })
}

/// Several listeners, each of which hears everything.
#[derive(Clone, Copy)]
pub struct Several<'a>(pub &'a [&'a dyn Listener]);

impl Listener for Several<'_> {
    fn hear(&self, event: &Event<'_>) {
        self.0.iter().for_each(|listener| listener.hear(event));
    }
}
