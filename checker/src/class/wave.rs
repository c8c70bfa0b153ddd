//! A few submissions at a time: their checks side by side, and then what is timed, alone
//! on the machine.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result};
use kit::error::Interrupted;
use kit::selection::Selection;
use supervise::interrupt::is_interrupted;
use supervise::queue::spread;

use super::job::{Keys, is_worth_another_go, wanted};
use super::ledger::Ledger;
use super::member::Member;
use super::progress::Progress;
use super::run::Run;
use crate::grade::pace::Pace;
use crate::grade::timed_run::ATTEMPTS;
use crate::grade::{Checked, Grading};
use crate::intake::Submission;
use crate::workspace::Stage;
use crate::workspace::prepare::Programs;

/// Where submissions are graded.
pub(super) struct Shop<'a> {
    pub run: &'a Run<'a>,
    pub programs: Programs,
    pub stages: Mutex<Vec<Stage>>,
    pub pace: Pace,
    /// Where programs wait to be measured.
    pub kept: PathBuf,
}

/// What is wanted of one submission.
struct Planned<'m> {
    member: &'m Member,
    submission: Submission,
    selection: Selection,
    keys: Keys,
}

impl Shop<'_> {
    /// Grades some submissions. Returns those that a further measurement could decide.
    pub fn wave<'m>(
        &self,
        members: &[&'m Member],
        progress: &Progress,
        is_first: bool,
    ) -> Result<Vec<&'m Member>> {
        let mut planned = Vec::new();
        let mut claimed = BTreeSet::new();
        for member in members {
            match self.plan(member, &mut claimed)? {
                Some(plan) => planned.push(plan),
                None => progress.done(&format!("{}: cannot be read any more", member.student.id)),
            }
        }
        let ledgers: Vec<Ledger<'_>> = planned
            .iter()
            .map(|plan| Ledger::new(self.run.kit, &self.run.book, &plan.keys))
            .collect();
        let grading = |at: usize| Grading {
            kit: self.run.kit,
            work: self.run.work,
            cargo: self.run.cargo,
            programs: &self.programs,
            selection: &planned[at].selection,
            salt: self.run.basis.salt,
            timed: self.run.with_speed.then_some(ATTEMPTS),
            pace: &self.pace,
            listeners: &ledgers[at],
        };
        let check = |&at: &usize| {
            if is_interrupted() {
                anyhow::bail!(Interrupted);
            }
            progress.now(&planned[at].member.student.id);
            let mut stage = self.stages().pop().context("no free stage")?;
            let checked = grading(at).check_all(&mut stage, &planned[at].submission);
            let kept = checked.and_then(|mut checked| {
                checked.iter_mut().try_for_each(|part| part.keep_program(&self.kept))?;
                Ok(checked)
            });
            self.stages().push(stage);
            ledgers[at].stored()?;
            kept
        };
        let places: Vec<usize> = (0..planned.len()).collect();
        let workers = self.stages().len();
        let mut checked = Vec::new();
        checked.resize_with(planned.len(), || None);
        spread(&places, workers, |_| (), check, |index, done| checked[index] = Some(done));

        let mut again = Vec::new();
        for (at, checked) in checked.into_iter().enumerate() {
            let Planned { member, submission, .. } = &planned[at];
            let id = &member.student.id;
            let checked = checked.context("a submission was lost")??;
            if checked.iter().any(Checked::is_measurable) {
                progress.now(&format!("measuring {id}"));
            }
            let measured = grading(at).measure_all(submission, &checked);
            checked.iter().for_each(Checked::forget_program);
            ledgers[at].stored()?;
            measured?;
        }
        // Now that everything is known of those too that have another one's code.
        for Planned { member, submission, keys, .. } in &planned {
            let line = self.run.finish(&member.student.id, submission, keys)?;
            if is_first {
                progress.done(&line);
            }
            let known = keys.known(&self.run.book())?;
            if self.run.with_speed && is_worth_another_go(&known) {
                again.push(*member);
            }
        }
        Ok(again)
    }

    /// What is wanted of a member, but for what others of this wave have `claimed`, who
    /// have the same code; nothing if it cannot be read any more.
    fn plan<'m>(
        &self,
        member: &'m Member,
        claimed: &mut BTreeSet<String>,
    ) -> Result<Option<Planned<'m>>> {
        let Ok(submission) = self.run.read(member) else { return Ok(None) };
        let keys = Keys::new(self.run.kit, self.run.basis, &submission);
        let known = keys.known(&self.run.book())?;
        let mut wanted = wanted(self.run.kit, self.run.selection, &known, self.run.with_speed);
        for exercise in &self.run.kit.exercises {
            let questions: BTreeSet<&str> = exercise.questions.iter().map(|one| &*one.id).collect();
            let is_wanted = wanted.iter().any(|id| questions.contains(&**id));
            if is_wanted && !keys.of(exercise).is_some_and(|key| claimed.insert(key.to_owned())) {
                wanted.retain(|id| !questions.contains(&**id));
            }
        }
        let selection = self.run.selection.among(&wanted);
        Ok(Some(Planned { member, submission, selection, keys }))
    }

    fn stages(&self) -> MutexGuard<'_, Vec<Stage>> {
        self.stages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
