//! Listens to a grading and makes its record, even of one that was interrupted.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use course::catalog::Check;
use course::points::Points;
use course::verdict::{Judgement, Reason};
use kit::Kit;
use kit::selection::Selection;
use sandbox::Layers;

use super::attempt::{Attempt, CheckRecord, ExerciseRecord, QuestionRecord, SCHEMA_VERSION};
use crate::grade::event::{Event, Judged, Listener};
use crate::intake::Submission;

/// What was judged so far.
#[derive(Debug)]
pub struct Recorder {
    begin: Instant,
    judged: Mutex<BTreeMap<String, Judged>>,
}

impl Default for Recorder {
    fn default() -> Self {
        Self { begin: Instant::now(), judged: Mutex::default() }
    }
}

impl Listener for Recorder {
    fn hear(&self, event: &Event<'_>) {
        if let Event::Judged(check, judged) = event {
            let mut known = self.judged.lock().unwrap_or_else(PoisonError::into_inner);
            known.insert(check.id.clone(), (*judged).clone());
        }
    }
}

impl Recorder {
    /// One that has heard these judgements before.
    #[must_use]
    pub fn of(judged: BTreeMap<String, Judged>) -> Self {
        Self { judged: Mutex::new(judged), ..Self::default() }
    }

    /// The record of the chosen questions: a check that was not judged has its
    /// points open.
    #[must_use]
    pub fn attempt(
        &self,
        kit: &Kit,
        selection: &Selection,
        submission: &Submission,
        salt: u64,
        layers: &Layers,
    ) -> Attempt {
        let judged = self.judged.lock().unwrap_or_else(PoisonError::into_inner);
        let record = |check: &Check| match judged.get(&check.id) {
            Some(judged) => CheckRecord::new(check, judged),
            None => CheckRecord::new(check, &Judged::at_once(not_judged())),
        };
        let exercises = kit.exercises.iter().filter_map(|exercise| {
            let questions = selection.of(exercise).into_iter().map(|question| {
                QuestionRecord::new(question, question.checks.iter().map(record).collect())
            });
            let questions: Vec<_> = questions.collect();
            (!questions.is_empty()).then(|| ExerciseRecord::new(exercise, questions))
        });
        Attempt {
            schema_version: SCHEMA_VERSION,
            submission: submission.label.clone(),
            kit: kit.hash.clone(),
            salt,
            isolation: layers.level(),
            layers: layers.clone(),
            score: Points::ZERO,
            max_score: Points::ZERO,
            undecided: Points::ZERO,
            duration_s: self.begin.elapsed().as_secs_f64(),
            exercises: exercises.collect(),
            left_behind: submission.left_behind(),
        }
        .summed()
    }
}

fn not_judged() -> Judgement {
    Judgement::error(
        Reason::Interrupted,
        "grading was interrupted before this check was judged. Grade again.",
    )
}
