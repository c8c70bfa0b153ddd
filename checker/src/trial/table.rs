//! The table of a trial: counts, times, and upper limits on the error.

use std::collections::BTreeMap;
use std::fmt::Write;

use course::verdict::Verdict;

use super::cell::{Condition, is_wrong};
use super::ledger::{Grading, Ledger};
use crate::proof::known::Role;

/// One-sided error of the upper limits.
const ALPHA: f64 = 0.05;

/// The table as Markdown, behind one line about the machine.
#[must_use]
pub fn render(ledger: &Ledger, machine: &str) -> String {
    let mut text = String::new();
    write_table(&mut text, ledger, machine).unwrap_or_default();
    text
}

/// The gradings whose verdict is wrong.
#[must_use]
pub fn wrong(ledger: &Ledger) -> Vec<&Grading> {
    ledger
        .gradings
        .iter()
        .filter(|grading| {
            let share = true_share(ledger, &grading.question, grading.role);
            let Grading { role, condition, gain, verdict, threshold, .. } = **grading;
            is_wrong(role, condition, gain, verdict, share, threshold)
        })
        .collect()
}

/// The largest rate of errors that would still show at most `wrong` of `all`
/// with a probability of 5 % (Clopper and Pearson's upper limit): 1 of nothing.
#[must_use]
pub fn upper_limit(wrong: usize, all: usize) -> f64 {
    if wrong >= all {
        return 1.0;
    }
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if at_most(wrong, all, middle) > ALPHA {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

/// The probability of at most `k` errors in `n` gradings at the rate `p`.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn at_most(k: usize, n: usize, p: f64) -> f64 {
    let mut term = (0..n).fold(1.0, |term, _| term * (1.0 - p));
    let mut sum = 0.0;
    for i in 0..=k {
        sum += term;
        term *= (n - i) as f64 / (i + 1) as f64 * p / (1.0 - p);
    }
    sum
}

/// The median share of a submission's quiet gradings.
fn true_share(ledger: &Ledger, question: &str, role: Role) -> Option<f64> {
    let mut shares: Vec<f64> =
        ledger.of(question, Condition::Quiet, role).filter_map(|grading| grading.share).collect();
    shares.sort_by(f64::total_cmp);
    shares.get(shares.len() / 2).copied()
}

fn write_table(text: &mut String, ledger: &Ledger, machine: &str) -> std::fmt::Result {
    let mut questions: Vec<&str> =
        ledger.gradings.iter().map(|grading| grading.question.as_str()).collect();
    questions.sort_unstable();
    questions.dedup();
    writeln!(text, "{machine}\n")?;
    for question in questions {
        let of_question = || ledger.gradings.iter().filter(|grading| grading.question == question);
        if let Some(first) = of_question().next() {
            writeln!(
                text,
                "### Question {question}: full points at {:.0} % of the reference's speedup, half at {:.0} %\n",
                first.threshold.full * 100.0,
                first.threshold.half * 100.0
            )?;
        }
        write!(text, "| submission |")?;
        Condition::ALL.iter().try_for_each(|condition| write!(text, " {condition} |"))?;
        writeln!(text, "\n| --- |{}", " --- |".repeat(Condition::ALL.len()))?;
        for role in [Role::Reference, Role::Good, Role::Poor, Role::Sequential] {
            let share = true_share(ledger, question, role)
                .map(|share| format!(" ({:.0} %)", share * 100.0))
                .unwrap_or_default();
            write!(text, "| {role}{share} |")?;
            for condition in Condition::ALL {
                let gradings: Vec<&Grading> = ledger.of(question, condition, role).collect();
                write!(text, " {} |", cell(&gradings))?;
            }
            writeln!(text)?;
        }
        let all = of_question().count();
        let wrong = wrong(ledger).iter().filter(|grading| grading.question == question).count();
        writeln!(text, "\n{}\n", sentence(wrong, all))?;
    }
    let cells: BTreeMap<_, usize> =
        ledger.gradings.iter().fold(BTreeMap::new(), |mut cells, grading| {
            *cells.entry((&grading.question, grading.condition, grading.role)).or_default() += 1;
            cells
        });
    writeln!(
        text,
        "All together: {} The smallest cell has {} gradings: none wrong of so many bounds that cell's own rate below {:.1} %.",
        sentence(wrong(ledger).len(), ledger.gradings.len()),
        cells.values().min().copied().unwrap_or_default(),
        upper_limit(0, cells.values().min().copied().unwrap_or_default()) * 100.0
    )
}

fn sentence(wrong: usize, all: usize) -> String {
    format!(
        "{wrong} wrong of {all} verdicts; with 95 % confidence the rate is below {:.2} %.",
        upper_limit(wrong, all) * 100.0
    )
}

/// "58 pass, 2 inconclusive; 1.3 s, at most 2.9 s".
fn cell(gradings: &[&Grading]) -> String {
    if gradings.is_empty() {
        return "not measured".to_owned();
    }
    let order = [
        Verdict::Pass,
        Verdict::Partial,
        Verdict::Fail,
        Verdict::Inconclusive,
        Verdict::NotMeasurable,
        Verdict::Error,
    ];
    let counts: Vec<String> = order
        .into_iter()
        .filter_map(|verdict| {
            let count = gradings.iter().filter(|grading| grading.verdict == verdict).count();
            (count > 0).then(|| format!("{count} {verdict}"))
        })
        .collect();
    let times = || gradings.iter().map(|grading| grading.duration_s);
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    let mean = times().sum::<f64>() / gradings.len() as f64;
    format!("{}; {mean:.1} s, at most {:.1} s", counts.join(", "), times().fold(0.0, f64::max))
}

#[cfg(test)]
mod tests {
    use course::verdict::Verdict;

    use super::{render, upper_limit, wrong};
    use crate::proof::known::Role;
    use crate::trial::cell::Condition;
    use crate::trial::ledger::Ledger;
    use crate::trial::ledger::tests::{grading, sources};

    #[test]
    fn upper_limits_are_those_of_clopper_and_pearson() {
        // None of n: 1 - 0.05^(1/n). One of ten: 39.4 %.
        for (wrong, all, percent) in [
            (0, 60, 4.87),
            (0, 108, 2.74),
            (0, 960, 0.31),
            (1, 10, 39.4),
            (5, 5, 100.0),
            (0, 0, 100.0),
        ] {
            let limit = upper_limit(wrong, all) * 100.0;
            assert!((limit - percent).abs() < 0.02, "{wrong} of {all}: {limit}");
        }
    }

    #[test]
    fn a_table_counts_verdicts_and_finds_the_wrong_ones() {
        let folder = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::open(&folder.path().join("trial.jsonl"), &sources("abc")).unwrap();
        for (role, condition, verdict) in [
            (Role::Reference, Condition::Quiet, Verdict::Pass),
            (Role::Reference, Condition::Quiet, Verdict::Inconclusive),
            (Role::Sequential, Condition::BusyNeighbour, Verdict::Pass),
        ] {
            ledger.push(grading(role, condition, verdict)).unwrap();
        }
        assert_eq!(wrong(&ledger).len(), 1);
        let table = render(&ledger, "A machine.");
        for words in [
            "A machine.",
            "| reference solution (98 %) | 1 pass, 1 inconclusive; 1.5 s, at most 1.5 s | not measured |",
            "1 wrong of 3 verdicts",
        ] {
            assert!(table.contains(words), "{words}:\n{table}");
        }
    }
}
