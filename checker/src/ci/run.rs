//! One run on one request.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result};
use course::verdict::Verdict;
use kit::Kit;
use kit::error::{Interrupted, UserError};
use kit::exit_code::Exit;
use kit::layout::is_students;
use kit::selection::Selection;
use rand::RngExt;

use super::change::changed;
use super::git::Repository;
use super::outcome::{CiOutcome, NAMED_CAP, VERSION};
use crate::commands::Bench;
use crate::grade::Grading;
use crate::grade::event::{Progress, Several};
use crate::grade::pace::Pace;
use crate::grade::timed_run::ATTEMPTS;
use crate::intake::{Submission, discover_handed_in};
use crate::record::Recorder;
use crate::report::{Reader, View};
use crate::settings::Settings;
use crate::workspace::isolation::Isolation;

/// What is to be done.
#[derive(Debug)]
pub struct Order<'a> {
    /// The commit that the request wants to change, which the kit lies here from.
    pub base: &'a str,
    /// The commit that the request offers.
    pub head: &'a str,
    /// The outcome of the request's last run.
    pub previous: Option<&'a Path>,
    /// Where all seeds come from.
    pub salt: Option<u64>,
    /// Leave the timed checks out.
    pub no_speed: bool,
}

/// Grades what a request changes, before and after. Returns with it whether the run
/// was interrupted; what was not judged until then is open.
///
/// # Errors
/// When a commit is not there, the kit or the machine fails.
pub fn run(
    settings: &Settings,
    isolation: Isolation,
    order: &Order<'_>,
) -> Result<(CiOutcome, bool)> {
    let kit = Kit::find(&settings.here)?;
    let repository = Repository::new(&kit.root, &settings.build_env);
    let base = repository.commit(order.base)?;
    let head = repository.commit(order.head)?;
    let fork = repository.merge_base(&base, &head).unwrap_or_else(|| base.clone());
    let all = Selection::parse(&kit, &[])?;
    let folder = tempfile::tempdir().context("a folder for the commits")?;
    let at = |commit: &str| {
        let file = folder.path().join("commit.tar");
        repository.archive(commit, &file)?;
        Ok::<_, anyhow::Error>(discover_handed_in(&kit, &all, &file))
    };
    let after = at(&head)?.map_err(|why| {
        let next = "a request keeps the kit's folders: `exercises/exercise1/src/…`";
        UserError::new(Exit::NothingToGrade, format!("{head}: {why}"), next)
    })?;
    let [before, forked] = [&base, &fork].map(|commit| at(commit));
    // A base without exercises is one that every question is new to.
    let (before, forked) = (before?.unwrap_or_default(), forked?.unwrap_or_default());

    let mut questions = changed(&kit, &forked, &after);
    questions
        .extend(order.previous.map(|file| open_in(&kit, file)).transpose()?.unwrap_or_default());
    let mut elsewhere = repository.changed(&fork, &head)?;
    elsewhere.retain(|path| !is_of_a_student(&kit, path));
    elsewhere.truncate(NAMED_CAP);
    let mut outcome = CiOutcome {
        schema_version: VERSION,
        base,
        head,
        questions: questions.iter().cloned().collect(),
        elsewhere,
        before: None,
        after: None,
    };
    if questions.is_empty() {
        return Ok((outcome, false));
    }
    let selection = all.among(&questions);
    let salt = order.salt.unwrap_or_else(|| rand::rng().random_range(1..1 << 53));
    let mut bench = Bench::set_up(settings, isolation, kit, &|line| eprintln!("  {line}"))?;
    let mut is_interrupted = false;
    for (submission, commit, view) in
        [(&before, &outcome.base, &mut outcome.before), (&after, &outcome.head, &mut outcome.after)]
    {
        eprintln!("  {commit}");
        let (graded, stopped) = grade(&mut bench, &selection, submission, salt, !order.no_speed)?;
        *view = Some(View { submission: commit.clone(), ..graded });
        is_interrupted |= stopped;
    }
    Ok((outcome, is_interrupted))
}

/// Grades one side of a request, as its student may see it.
fn grade(
    bench: &mut Bench,
    selection: &Selection,
    submission: &Submission,
    salt: u64,
    with_speed: bool,
) -> Result<(View, bool)> {
    let recorder = Recorder::default();
    let grading = Grading {
        kit: &bench.kit,
        work: &bench.work,
        cargo: &bench.cargo,
        programs: &bench.programs,
        selection,
        salt,
        timed: with_speed.then_some(ATTEMPTS),
        pace: &Pace::default(),
        listeners: &Several(&[&Progress, &recorder]),
    };
    let graded = grading.grade(&mut bench.stage, submission);
    let is_interrupted = graded.as_ref().is_err_and(|error| error.is::<Interrupted>());
    if !is_interrupted {
        graded?;
    }
    let layers = bench.cargo.isolation().layers();
    let attempt = recorder.attempt(&bench.kit, selection, submission, salt, layers);
    // Raw numbers lie on a machine that is gone when this is read.
    let mut view = View::new(&attempt, Reader::Student);
    for check in view.checks_mut() {
        (check.evidence, check.plots) = (None, None);
    }
    Ok((view, is_interrupted))
}

/// The questions that an earlier run left open. Answers for a person stay open by
/// themselves.
fn open_in(kit: &Kit, file: &Path) -> Result<BTreeSet<String>, UserError> {
    let refuse = |why: String| {
        let what = format!("{}: {why}", file.display());
        UserError::new(Exit::Usage, what, "leave --previous out, or name the last run's --output")
    };
    let bytes = std::fs::read(file).map_err(|error| refuse(error.to_string()))?;
    let previous = CiOutcome::read(kit, &bytes).map_err(refuse)?;
    let after = previous.after.iter().flat_map(|view| &view.exercises);
    let open = after.flat_map(|exercise| &exercise.questions).filter(|question| {
        let is_open = |verdict: Verdict| verdict.is_undecided() && verdict != Verdict::NeedsReview;
        question.checks.iter().any(|check| is_open(check.verdict))
    });
    Ok(open.map(|question| question.id.clone()).collect())
}

/// Whether a path of the repository is one that a student may change.
fn is_of_a_student(kit: &Kit, path: &str) -> bool {
    let inside = path.strip_prefix("exercises/").and_then(|path| path.split_once('/'));
    inside.is_some_and(|(exercise, path)| kit.exercise(exercise).is_some() && is_students(path))
}
