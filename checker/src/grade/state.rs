//! What becomes of each question of an exercise before its checks can run.

use std::collections::BTreeMap;

use course::catalog::{Check, Exercise, Kind, Question};
use course::verdict::{Judgement, Reason, Verdict};

use crate::intake::StudentFiles;
use crate::workspace::{Plan, crate_wide};

/// How far a question has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// It can be built, as far as is known.
    Ready,
    /// It can be built, but not for the model checker: the judgement is that of
    /// its schedule checks.
    WithoutModel(Judgement),
    /// It is taken out of the build: the judgement is that of all its checks.
    Out(Judgement),
}

/// The states of all questions of an exercise.
#[derive(Debug, Clone, PartialEq)]
pub struct States<'a> {
    exercise: &'a Exercise,
    of: BTreeMap<&'a str, State>,
}

impl<'a> States<'a> {
    /// Before anything was built: a question is out if its file cannot be used.
    #[must_use]
    pub fn of_files(exercise: &'a Exercise, files: &StudentFiles) -> Self {
        let state = |question: &Question| {
            if let Some(fault) = files.fault(&question.file) {
                return State::Out(Judgement::fail(Reason::NoFile, fault));
            }
            let of_question = files.files.keys().filter(|path| {
                kit::layout::question_of(exercise, path)
                    .is_some_and(|owner| owner.id == question.id)
            });
            of_question
                .filter_map(|path| crate_wide::refused(path, files.text(path)?))
                .next()
                .map_or(State::Ready, |why| State::Out(Judgement::fail(Reason::NotBuilt, why)))
        };
        let of = exercise.questions.iter().map(|question| (&*question.id, state(question)));
        Self { exercise, of: of.collect() }
    }

    /// All questions out, for one reason.
    #[must_use]
    pub fn all_out(exercise: &'a Exercise, judgement: &Judgement) -> Self {
        let out = |question: &'a Question| (&*question.id, State::Out(judgement.clone()));
        Self { exercise, of: exercise.questions.iter().map(out).collect() }
    }

    /// The exercise.
    #[must_use]
    pub fn exercise(&self) -> &'a Exercise {
        self.exercise
    }

    /// The state of a question.
    #[must_use]
    pub fn of(&self, question: &Question) -> &State {
        static READY: State = State::Ready;
        self.of.get(&*question.id).unwrap_or(&READY)
    }

    /// Takes a question out, unless it is out already. Returns whether it was not.
    pub fn take_out(&mut self, question: &str, judgement: Judgement) -> bool {
        match self.of.get_mut(question) {
            Some(State::Out(_)) | None => false,
            Some(state) => {
                *state = State::Out(judgement);
                true
            }
        }
    }

    /// Takes out every question that is not out yet.
    pub fn take_all_out(&mut self, judgement: &Judgement) {
        for question in &self.exercise.questions {
            self.take_out(&question.id, judgement.clone());
        }
    }

    /// Leaves a question's schedules to a person. Returns whether that is new.
    pub fn leave_model(&mut self, question: &str, errors: &str) -> bool {
        let Some(state @ State::Ready) = self.of.get_mut(question) else { return false };
        let message = format!(
            "this code compiles, but not against the threads and channels of the model checker. That is no mistake; a person decides about the points. The compiler's first words:\n{errors}"
        );
        *state = State::WithoutModel(Judgement::open(
            Verdict::NotMeasurable,
            Reason::NotModelled,
            message,
        ));
        true
    }

    /// The questions that are out.
    #[must_use]
    pub fn out(&self) -> Vec<&'a Question> {
        let is_out = |question: &&Question| matches!(self.of(question), State::Out(_));
        self.exercise.questions.iter().filter(is_out).collect()
    }

    /// The questions that can be built.
    #[must_use]
    pub fn ready(&self) -> Vec<&'a Question> {
        let is_in = |question: &&Question| !matches!(self.of(question), State::Out(_));
        self.exercise.questions.iter().filter(is_in).collect()
    }

    /// What is laid and built for the wanted questions.
    #[must_use]
    pub fn plan(&self, wanted: &[&Question]) -> Plan {
        let without = |question: &&Question| {
            matches!(self.of(question), State::WithoutModel(_)).then(|| question.id.clone())
        };
        Plan {
            out: self.out().into_iter().map(|question| question.id.clone()).collect(),
            without_model: self.exercise.questions.iter().filter_map(|q| without(&q)).collect(),
            wanted: wanted.iter().map(|question| question.id.clone()).collect(),
        }
    }

    /// The judgement that a check has without being run, if it has one.
    #[must_use]
    pub fn judgement(&self, question: &Question, check: &Check) -> Option<&Judgement> {
        match self.of(question) {
            State::Out(judgement) if check.kind != Kind::Manual => Some(judgement),
            State::WithoutModel(judgement) if check.kind == Kind::Schedule => Some(judgement),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use course::catalog::Exercise;
    use course::verdict::{Judgement, Reason};

    use super::{State, States};
    use crate::intake::StudentFiles;

    fn exercise() -> Exercise {
        let question = |n: u8| {
            let check = |name: &str, kind: &str, more: &str| {
                format!(
                    "[[question.check]]\nid = \"1.{n}/{name}\"\nkind = \"{kind}\"\npoints = 1\nproves = \"p\"\n{more}\n"
                )
            };
            format!(
                "[[question]]\nid = \"1.{n}\"\ntitle = \"t\"\nfile = \"src/q1_{n}.rs\"\nhints = [\"a\", \"b\", \"c\"]\n"
            ) + &check("x", "behaviour", "")
                + &check("s", "schedule", "")
                + &check("m", "manual", "rubric = \"r\"")
        };
        let head = "id = \"exercise1\"\ntitle = \"t\"\nstars = 1\n".to_owned();
        Exercise::parse(&(head + &question(1) + &question(2) + &question(3))).unwrap()
    }

    fn files() -> StudentFiles {
        StudentFiles {
            files: [
                ("src/q1_1.rs".to_owned(), b"fn a() {}".to_vec()),
                ("src/q1_2.rs".to_owned(), b"#[global_allocator]\nstatic A: B = C;".to_vec()),
            ]
            .into(),
            ..StudentFiles::default()
        }
    }

    #[test]
    fn a_file_that_cannot_be_used_takes_its_question_out_and_no_other() {
        let exercise = exercise();
        let states = States::of_files(&exercise, &files());
        let [first, second, third] = &exercise.questions[..] else { panic!("three") };
        assert_eq!(states.of(first), &State::Ready);
        let reason = |question| match states.of(question) {
            State::Out(judgement) => judgement.reason,
            other => panic!("{other:?}"),
        };
        assert_eq!((reason(second), reason(third)), (Reason::NotBuilt, Reason::NoFile));
        assert_eq!(states.plan(&[first]).out.into_iter().collect::<Vec<_>>(), ["1.2", "1.3"]);
    }

    #[test]
    fn a_question_without_model_keeps_its_other_checks() {
        let exercise = exercise();
        let mut states = States::of_files(&exercise, &files());
        let first = &exercise.questions[0];
        assert!(states.leave_model("1.1", "error: no"));
        assert!(!states.leave_model("1.1", "again"), "once is enough");
        assert!(!states.leave_model("1.2", "it is out"));
        let judged = |check: usize| states.judgement(first, &first.checks[check]);
        assert_eq!((judged(0), judged(2)), (None, None));
        assert_eq!(judged(1).unwrap().reason, Reason::NotModelled);
        assert!(states.take_out("1.1", Judgement::fail(Reason::NotBuilt, "no")));
        assert!(!states.take_out("1.1", Judgement::fail(Reason::Timeout, "later")));
        let judged = |check: usize| states.judgement(first, &first.checks[check]);
        assert_eq!(judged(0).unwrap().reason, Reason::NotBuilt);
        assert_eq!(judged(2), None, "an answer is judged by itself");
    }
}
