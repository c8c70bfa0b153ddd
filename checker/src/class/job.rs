//! What is to be graded of one submission, and the keys under which its verdicts are
//! stored.

use std::collections::{BTreeMap, BTreeSet};

use course::catalog::{Check, Exercise, Kind, Question};
use course::verdict::{Reason, Verdict};
use kit::Kit;
use kit::error::UserError;
use kit::files::hash;
use kit::selection::Selection;

use crate::grade::event::Judged;
use crate::gradebook::{Basis, Gradebook};
use crate::intake::Submission;

/// The keys of a submission: the same key, the same verdicts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keys(BTreeMap<String, String>);

impl Keys {
    /// By content, fingerprint of the exercise, toolchain, level and salt.
    #[must_use]
    pub fn new(kit: &Kit, basis: &Basis, submission: &Submission) -> Self {
        let salt = basis.salt.to_string();
        let keys = kit.exercises.iter().map(|exercise| {
            let content = match submission.exercises.get(&exercise.id) {
                Some(files) => {
                    // A file that was not taken shows in messages.
                    let left = files.left_behind.iter().map(|left| format!("{left:?}"));
                    format!("{} {}", files.hash(), left.collect::<String>())
                }
                None => submission.missing(exercise),
            };
            let key = hash([
                ("exercise", exercise.id.as_bytes()),
                ("content", content.as_bytes()),
                ("fingerprint", kit.fingerprints.of(exercise).as_bytes()),
                ("toolchain", basis.toolchain.as_bytes()),
                ("level", basis.level.as_bytes()),
                ("salt", salt.as_bytes()),
            ]);
            (exercise.id.clone(), key)
        });
        Self(keys.collect())
    }

    /// The key that an exercise's verdicts are stored under.
    #[must_use]
    pub fn of(&self, exercise: &Exercise) -> Option<&str> {
        self.0.get(&exercise.id).map(String::as_str)
    }

    /// The same by one of its checks.
    #[must_use]
    pub fn of_check(&self, kit: &Kit, check: &Check) -> Option<&str> {
        let question = check.id.split('/').next()?;
        self.of(kit.question(question)?.0)
    }

    /// What identifies the grade as a whole.
    #[must_use]
    pub fn content(&self, submission: &Submission) -> String {
        let left = submission.left_behind().join("\n");
        let keys = self.0.iter().map(|(exercise, key)| (&**exercise, key.as_bytes()));
        hash(keys.chain([("left behind", left.as_bytes())]))
    }

    /// Everything that is known already.
    ///
    /// # Errors
    /// When the gradebook cannot be read.
    pub fn known(&self, book: &Gradebook) -> Result<BTreeMap<String, Judged>, UserError> {
        let mut known = BTreeMap::new();
        for key in self.0.values() {
            known.extend(book.verdicts(key)?);
        }
        Ok(known)
    }
}

/// The questions of which something is still to be decided, and can be.
#[must_use]
pub fn wanted(
    kit: &Kit,
    selection: &Selection,
    known: &BTreeMap<String, Judged>,
    with_speed: bool,
) -> BTreeSet<String> {
    let is_wanted = |check: &Check| match known.get(&check.id) {
        None => true,
        Some(judged) => {
            let is_fault = judged.judgement.verdict == Verdict::Error;
            let is_inconclusive = judged.judgement.verdict == Verdict::Inconclusive;
            is_fault || (is_inconclusive && (with_speed || check.kind != Kind::Speed))
        }
    };
    let questions = kit.exercises.iter().flat_map(|exercise| selection.of(exercise));
    let wanted = questions.filter(|question: &&Question| question.checks.iter().any(is_wanted));
    wanted.map(|question| question.id.clone()).collect()
}

/// Whether a measurement could decide more if it were made again: the machine was
/// busy, or the numbers straddled a line.
#[must_use]
pub fn is_worth_another_go(known: &BTreeMap<String, Judged>) -> bool {
    known.values().any(|judged| {
        judged.judgement.verdict == Verdict::Inconclusive
            && judged.judgement.reason != Reason::Skipped
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;

    use course::verdict::{Judgement, Reason, Verdict};
    use kit::Kit;
    use kit::selection::Selection;

    use super::{Keys, wanted};
    use crate::grade::event::Judged;
    use crate::gradebook::Basis;
    use crate::intake::{StudentFiles, Submission};

    fn kit() -> Kit {
        Kit::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("..")).unwrap()
    }

    fn basis(salt: u64) -> Basis {
        let [kit, toolchain, level, selection, shard] = [(); 5].map(|()| String::new());
        Basis { kit, toolchain, level, salt, selection, shard }
    }

    fn submission(text: &str) -> Submission {
        let files = [("src/q1_1_primes.rs".to_owned(), text.as_bytes().to_vec())].into();
        let files = StudentFiles { files, ..StudentFiles::default() };
        let exercises = [("exercise1".to_owned(), files)].into();
        Submission { exercises, ..Submission::default() }
    }

    /// One exercise that differs leaves the verdicts of the others standing.
    #[test]
    fn a_key_changes_with_what_its_verdicts_rest_on_and_nothing_else() {
        let kit = kit();
        let one = Keys::new(&kit, &basis(1), &submission("a"));
        assert_eq!(one, Keys::new(&kit, &basis(1), &submission("a")));
        let other = Keys::new(&kit, &basis(1), &submission("b"));
        assert_ne!(one.0["exercise1"], other.0["exercise1"]);
        assert_eq!(one.0["exercise2"], other.0["exercise2"]);
        let salted = Keys::new(&kit, &basis(2), &submission("a"));
        assert!(one.0.iter().all(|(exercise, key)| salted.0[exercise] != *key));
        let labelled = Submission { label: "ana".into(), ..submission("a") };
        assert_eq!(one, Keys::new(&kit, &basis(1), &labelled), "the same code, whoever wrote it");
    }

    #[test]
    fn what_is_open_is_graded_again_and_what_stands_is_not() {
        let kit = kit();
        let selection = Selection::parse(&kit, &["4.1".to_owned()]).unwrap();
        let (_, question) = kit.question("4.1").unwrap();
        let all = |judgement: &Judgement| -> BTreeMap<String, Judged> {
            let judged = Judged::at_once(judgement.clone());
            question.checks.iter().map(|check| (check.id.clone(), judged.clone())).collect()
        };
        let is_wanted = |known: &BTreeMap<String, Judged>, with_speed| {
            !wanted(&kit, &selection, known, with_speed).is_empty()
        };
        assert!(is_wanted(&BTreeMap::new(), false));
        assert!(!is_wanted(&all(&Judgement::pass("")), true));
        assert!(!is_wanted(&all(&Judgement::fail(Reason::Assertion, "")), true));
        let error = Judgement::error(Reason::MachineFault, "");
        assert!(is_wanted(&all(&error), false), "nobody's fault is tried again");
        let mut busy = all(&Judgement::pass(""));
        let open = Judgement::open(Verdict::Inconclusive, Reason::MachineBusy, "");
        busy.insert("4.1/speed".to_owned(), Judged::at_once(open));
        assert!(is_wanted(&busy, true) && !is_wanted(&busy, false));
    }
}
