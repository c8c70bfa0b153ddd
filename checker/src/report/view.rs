//! What one reader may see of an attempt: the only thing that a form is made from.

use std::collections::BTreeMap;

use course::points::Points;
use course::verdict::{Reason, Verdict};
use kit::text::{clean, clean_line, not_decided};
use sandbox::{Layers, Level};
use serde::{Deserialize, Serialize};

use crate::record::{Attempt, CheckRecord, ExerciseRecord, QuestionRecord};

/// Who is going to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// The one who handed in: all but the hidden checks.
    Student,
    /// Everything.
    Instructor,
    /// Anybody: points, and none of the student's text.
    Public,
}

/// An attempt for one reader. Sums are those of the attempt: what is not shown of
/// a question stands in [`QuestionView::hidden`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct View {
    /// Version of the record.
    pub schema_version: u32,
    /// How the submission was named.
    pub submission: String,
    /// Content hash of the kit.
    pub kit: String,
    /// Where all seeds come from.
    pub salt: u64,
    /// The level that the student's code was isolated at.
    #[serde(rename = "isolation")]
    pub level: Level,
    /// The layers of that, each in force or missing with the reason.
    pub layers: Layers,
    /// Points earned.
    pub score: Points,
    /// Points that can be earned.
    pub max_score: Points,
    /// Points that nobody has decided yet.
    pub undecided: Points,
    /// How long the grading took, in seconds.
    pub duration_s: f64,
    /// The exercises, in the order of the course.
    pub exercises: Vec<ExerciseView>,
    /// Files of the submission that were not taken.
    pub left_behind: Vec<String>,
    /// How the course's policy comes to its score, line by line, where there is one.
    #[serde(skip)]
    pub derivation: Vec<String>,
}

/// One exercise of a view.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExerciseView {
    /// Such as `exercise4`.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// Points earned.
    pub score: Points,
    /// Points that can be earned.
    pub max_score: Points,
    /// Points that nobody has decided yet.
    pub undecided: Points,
    /// The graded questions.
    pub questions: Vec<QuestionView>,
}

/// One question of a view.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QuestionView {
    /// Such as `4.1`.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// The student's file.
    pub file: String,
    /// Points earned.
    pub score: Points,
    /// Points that can be earned.
    pub max_score: Points,
    /// Points that nobody has decided yet.
    pub undecided: Points,
    /// The checks that this reader sees, in the order of the catalogue.
    pub checks: Vec<CheckRecord>,
    /// The checks that this reader does not see, added up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hidden: Option<Hidden>,
}

/// Most files that were not taken that are named one by one.
const NAMED_CAP: usize = 10;

/// Why points are open, in the order in which it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Cause {
    Person,
    LeftOut,
    Machine,
    Close,
    Fault,
    Hidden,
}

impl Cause {
    fn of(check: &CheckRecord) -> Self {
        match check.verdict {
            Verdict::NeedsReview => Self::Person,
            Verdict::Error => Self::Fault,
            _ if check.reason == Reason::Skipped => Self::LeftOut,
            Verdict::NotMeasurable => Self::Machine,
            _ => Self::Close,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Person => "for a person to give",
            Self::LeftOut => "in timed checks that were left out",
            Self::Machine => "that this machine cannot measure",
            Self::Close => "that could not be decided here and now",
            Self::Fault => "because of a fault that is not the student's",
            Self::Hidden => "in checks that are not shown",
        }
    }
}

/// What is not shown, as sums.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hidden {
    /// Points that can be earned.
    pub points: Points,
    /// Points earned.
    pub earned: Points,
    /// Points that nobody has decided yet.
    pub undecided: Points,
}

impl View {
    /// The level of isolation, and which of its layers this machine does without.
    #[must_use]
    pub fn isolation(&self) -> String {
        let missing: Vec<&str> = self.layers.missing().map(|(layer, _)| layer.name()).collect();
        match missing.is_empty() {
            true => self.level.to_string(),
            false => format!("{} (without {})", self.level, missing.join(", ")),
        }
    }

    /// The grade in a line, with what it does not rest on.
    #[must_use]
    pub fn sum(&self) -> String {
        let open = self.open_points().map_or_else(String::new, |open| format!("; {open}"));
        format!("{} of {} points{open}", self.score, self.max_score)
    }

    /// Which points nobody has decided, and why not: what the grade does not rest on.
    #[must_use]
    pub fn open_points(&self) -> Option<String> {
        if self.undecided == Points::ZERO {
            return None;
        }
        let mut causes: BTreeMap<Cause, Points> = BTreeMap::new();
        let shown = self.checks().map(|check| (Cause::of(check), check.undecided()));
        let questions = self.exercises.iter().flat_map(|exercise| &exercise.questions);
        let hidden =
            questions.filter_map(|question| Some((Cause::Hidden, question.hidden?.undecided)));
        for (cause, points) in shown.chain(hidden).filter(|(_, points)| *points > Points::ZERO) {
            *causes.entry(cause).or_default() += points;
        }
        let parts = causes.iter().map(|(cause, points)| format!("{points} {}", cause.words()));
        let parts = parts.collect::<Vec<_>>().join(", ");
        Some(format!("{}: {parts}", not_decided(self.undecided)))
    }

    /// The files that were not taken, each in a line; those of the kit and what is too
    /// much are only counted.
    #[must_use]
    pub fn left_behind_in_short(&self) -> Vec<String> {
        let is_kits = |path: &&String| path.ends_with("(it belongs to the kit)");
        let (kits, others): (Vec<&String>, Vec<&String>) =
            self.left_behind.iter().partition(is_kits);
        let mut shown: Vec<String> = others.iter().take(NAMED_CAP).copied().cloned().collect();
        if others.len() > NAMED_CAP {
            shown.push(format!("{} more", others.len() - NAMED_CAP));
        }
        if !kits.is_empty() {
            let noun = if kits.len() == 1 { "file that belongs" } else { "files that belong" };
            shown.push(format!("{} {noun} to the kit", kits.len()));
        }
        shown
    }

    /// What `reader` may see of an attempt.
    #[must_use]
    pub fn new(attempt: &Attempt, reader: Reader) -> Self {
        let left_behind = match reader {
            Reader::Public => Vec::new(),
            _ => attempt.left_behind.iter().map(|path| clean_line(path)).collect(),
        };
        Self {
            schema_version: attempt.schema_version,
            submission: clean_line(&attempt.submission),
            kit: attempt.kit.clone(),
            salt: attempt.salt,
            level: attempt.isolation,
            layers: attempt.layers.clone(),
            score: attempt.score,
            max_score: attempt.max_score,
            undecided: attempt.undecided,
            duration_s: attempt.duration_s,
            exercises: attempt.exercises.iter().map(|one| exercise(one, reader)).collect(),
            left_behind,
            derivation: Vec::new(),
        }
    }

    /// Every check that is shown, to change it.
    pub fn checks_mut(&mut self) -> impl Iterator<Item = &mut CheckRecord> {
        self.exercises
            .iter_mut()
            .flat_map(|exercise| &mut exercise.questions)
            .flat_map(|question| &mut question.checks)
    }

    /// Every check that is shown.
    pub fn checks(&self) -> impl Iterator<Item = &CheckRecord> {
        self.exercises
            .iter()
            .flat_map(|exercise| &exercise.questions)
            .flat_map(|question| &question.checks)
    }
}

fn exercise(record: &ExerciseRecord, reader: Reader) -> ExerciseView {
    ExerciseView {
        id: record.id.clone(),
        title: record.title.clone(),
        score: record.score,
        max_score: record.max_score,
        undecided: record.undecided,
        questions: record.questions.iter().map(|one| question(one, reader)).collect(),
    }
}

fn question(record: &QuestionRecord, reader: Reader) -> QuestionView {
    let (hidden, shown): (Vec<&CheckRecord>, Vec<&CheckRecord>) =
        record.checks.iter().partition(|check| check.hidden && reader != Reader::Instructor);
    let sums = Hidden {
        points: hidden.iter().map(|check| check.points).sum(),
        earned: hidden.iter().map(|check| check.earned).sum(),
        undecided: hidden.iter().map(|check| check.undecided()).sum(),
    };
    QuestionView {
        id: record.id.clone(),
        title: record.title.clone(),
        file: record.file.clone(),
        score: record.score,
        max_score: record.max_score,
        undecided: record.undecided,
        checks: shown.into_iter().map(|one| check(one, reader)).collect(),
        hidden: (!hidden.is_empty()).then_some(sums),
    }
}

fn check(record: &CheckRecord, reader: Reader) -> CheckRecord {
    let is_public = reader == Reader::Public;
    CheckRecord {
        message: if is_public { String::new() } else { clean(&record.message) },
        evidence: record.evidence.clone().filter(|_| !is_public),
        plots: record.plots.clone().filter(|_| !is_public),
        ..record.clone()
    }
}

#[cfg(test)]
mod tests {
    use course::points::Points;
    use course::verdict::{Reason, Verdict};

    use super::{Reader, View};
    use crate::record::CheckRecord;
    use crate::report::tests::attempt;

    #[test]
    fn open_points_are_told_by_their_cause_and_add_up() {
        let mut attempt = attempt();
        let checks = &mut attempt.exercises[0].questions[0].checks;
        let open = |check: &mut CheckRecord, verdict, reason| {
            (check.verdict, check.reason, check.earned) = (verdict, reason, Points::ZERO);
        };
        open(&mut checks[0], Verdict::NotMeasurable, Reason::OneCore);
        open(&mut checks[1], Verdict::Inconclusive, Reason::Straddles);
        open(&mut checks[2], Verdict::Inconclusive, Reason::Skipped);
        attempt.undecided = Points::from_hundredths(800);
        let told = View::new(&attempt, Reader::Student).open_points();
        assert_eq!(
            told.as_deref(),
            Some(
                "8 points are not decided yet: 2 for a person to give, 2 in timed checks that \
                 were left out, 2 that this machine cannot measure, 2 in checks that are not shown"
            )
        );
        let told = View::new(&attempt, Reader::Instructor).open_points().unwrap();
        assert!(told.ends_with("2 that could not be decided here and now"), "{told}");
        let decided = View { undecided: Points::ZERO, ..View::new(&attempt, Reader::Public) };
        assert_eq!(decided.open_points(), None);
    }
}
