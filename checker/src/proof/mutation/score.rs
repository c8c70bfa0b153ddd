//! How many mutants of each question were caught, and those that were not.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;

use super::ledger::Outcome;

/// `tests/mutants.toml`: mutants that no test can catch, since they do what the
/// contract says.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Equivalents {
    /// All of them.
    #[serde(default, rename = "equivalent")]
    pub all: Vec<Equivalent>,
}

/// One of them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Equivalent {
    /// The question.
    pub question: String,
    /// The mutant's name.
    pub name: String,
    /// Why it keeps the contract.
    pub why: String,
}

/// The mutants of one question by what became of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Score {
    /// Those that compile.
    pub viable: usize,
    /// A check failed.
    pub caught: usize,
    /// They keep the contract, and the file says why.
    pub equivalent: usize,
    /// No check failed.
    pub survived: usize,
    /// Not graded yet.
    pub open: usize,
}

impl Score {
    /// Counts one mutant; whether it has to be told as a survivor.
    pub fn count(&mut self, outcome: Option<&Outcome>, is_equivalent: bool) -> bool {
        let Some(outcome) = outcome else {
            self.open += 1;
            return false;
        };
        self.viable += usize::from(*outcome != Outcome::Unviable);
        match outcome {
            Outcome::Unviable => {}
            Outcome::Caught(_) => self.caught += 1,
            Outcome::Survived if is_equivalent => self.equivalent += 1,
            Outcome::Survived => self.survived += 1,
        }
        *outcome == Outcome::Survived && !is_equivalent
    }

    fn add(&mut self, other: Self) {
        self.viable += other.viable;
        self.caught += other.caught;
        self.equivalent += other.equivalent;
        self.survived += other.survived;
        self.open += other.open;
    }

    fn row(&self, name: &str) -> String {
        let Self { viable, caught, equivalent, survived, open } = self;
        format!("| {name} | {viable} | {caught} | {equivalent} | {survived} | {open} |\n")
    }
}

/// The scores as a table in Markdown, with their sum.
#[must_use]
pub fn table(scores: &BTreeMap<String, Score>) -> String {
    let mut table = String::from(
        "| question | viable | caught | equivalent | survived | not graded |\n|---|---|---|---|---|---|\n",
    );
    let mut sum = Score::default();
    for (question, score) in scores {
        let _ = write!(table, "{}", score.row(question));
        sum.add(*score);
    }
    table + &sum.row("all")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Outcome, Score, table};

    #[test]
    fn each_mutant_counts_once_and_a_survivor_is_told() {
        let caught = Outcome::Caught("1.1/map".to_owned());
        let mut score = Score::default();
        assert!(!score.count(Some(&caught), true));
        assert!(!score.count(Some(&Outcome::Unviable), false));
        assert!(score.count(Some(&Outcome::Survived), false));
        assert!(!score.count(Some(&Outcome::Survived), true));
        assert!(!score.count(None, false));
        assert_eq!(score, Score { viable: 3, caught: 1, equivalent: 1, survived: 1, open: 1 });
        let scores = BTreeMap::from([("1.1".to_owned(), score), ("1.2".to_owned(), score)]);
        assert!(
            table(&scores).ends_with("| 1.2 | 3 | 1 | 1 | 1 | 1 |\n| all | 6 | 2 | 2 | 2 | 2 |\n")
        );
    }
}
