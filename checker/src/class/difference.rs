//! What a re-grade would change: whose score goes from what to what, and because of
//! which check.

use std::collections::BTreeMap;

use crate::gradebook::Standing;
use crate::record::{Attempt, CheckRecord};

/// The lines that say what changes for a student; none if nothing does.
#[must_use]
pub fn lines(standing: &Standing) -> Vec<String> {
    let (Some(old), Some(new)) = (&standing.attempt, &standing.proposed) else {
        return Vec::new();
    };
    let known: BTreeMap<&str, &CheckRecord> =
        old.checks().map(|check| (&*check.id, check)).collect();
    let judged =
        |check: &CheckRecord| format!("{} {} of {}", check.verdict, check.earned, check.points);
    let mut lines: Vec<String> = new
        .checks()
        .filter_map(|check| {
            let old = known.get(&*check.id).copied();
            let is_same = old.is_some_and(|old| {
                (old.earned, old.points, old.verdict) == (check.earned, check.points, check.verdict)
            });
            let before = old.map_or_else(|| "not there".to_owned(), judged);
            (!is_same).then(|| format!("    {}: {before} -> {}", check.id, judged(check)))
        })
        .collect();
    let ids: Vec<&str> = new.checks().map(|check| &*check.id).collect();
    let gone = old.checks().filter(|check| !ids.contains(&&*check.id));
    lines.extend(gone.map(|check| format!("    {}: {} -> not there", check.id, judged(check))));
    if !lines.is_empty() {
        let (id, from, to) = (&standing.student.id, sum(old), sum(new));
        lines.insert(0, format!("  {id}: {from} -> {to}"));
    }
    lines
}

fn sum(attempt: &Attempt) -> String {
    let Attempt { score, max_score, undecided, .. } = attempt;
    match undecided.hundredths() {
        0 => format!("{score} of {max_score}"),
        _ => format!("{score} of {max_score} ({undecided} open)"),
    }
}
