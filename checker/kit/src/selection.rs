//! Which questions a command is about.

use std::collections::BTreeSet;

use course::catalog::{Exercise, Question};

use crate::Kit;
use crate::error::UserError;
use crate::exit_code::Exit;

/// The chosen questions; all of them where nothing was named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    questions: BTreeSet<String>,
}

impl Selection {
    /// Reads names such as `4`, `exercise4` and `4.2`.
    ///
    /// # Errors
    /// When a name is none of the kit's.
    pub fn parse(kit: &Kit, names: &[String]) -> Result<Self, UserError> {
        let all = |exercise: &Exercise| {
            exercise.questions.iter().map(|question| question.id.clone()).collect::<Vec<_>>()
        };
        if names.is_empty() {
            return Ok(Self { questions: kit.exercises.iter().flat_map(all).collect() });
        }
        let mut questions = BTreeSet::new();
        for name in names {
            if let Some(exercise) = kit.exercise(name) {
                questions.extend(all(exercise));
            } else if kit.question(name).is_some() {
                questions.insert(name.clone());
            } else {
                let known: Vec<&str> = kit.exercises.iter().map(Exercise::number).collect();
                return Err(UserError::new(
                    Exit::Usage,
                    format!("there is no exercise or question `{name}`"),
                    format!(
                        "exercises here: {}; `cargo checker list` shows their questions",
                        known.join(", ")
                    ),
                ));
            }
        }
        Ok(Self { questions })
    }

    /// Those of the chosen questions that are `wanted`; it may be none.
    #[must_use]
    pub fn among(&self, wanted: &BTreeSet<String>) -> Self {
        Self { questions: self.questions.intersection(wanted).cloned().collect() }
    }

    /// Whether the question is chosen.
    #[must_use]
    pub fn has(&self, question: &Question) -> bool {
        self.questions.contains(&question.id)
    }

    /// The chosen questions of an exercise.
    #[must_use]
    pub fn of<'a>(&self, exercise: &'a Exercise) -> Vec<&'a Question> {
        exercise.questions.iter().filter(|question| self.has(question)).collect()
    }
}
