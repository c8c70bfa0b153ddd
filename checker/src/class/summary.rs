//! What a run says at its end.

use std::io::Write;

use anyhow::Result;
use course::verdict::{Reason, Verdict};
use kit::exit_code::Exit;
use kit::text::clean_line;

use super::difference;
use crate::gradebook::{Basis, COMPLETE, Gradebook};
use crate::record::CheckRecord;

/// Shows what a re-grade changes, and takes it over if that was asked for.
pub(super) fn propose(book: &mut Gradebook, basis: &Basis, take_over: bool) -> Result<Exit> {
    let mut out = std::io::stdout().lock();
    let mut changes = 0;
    writeln!(out, "graded with another kit, toolchain or level than before; what changes:")?;
    for id in book.students()? {
        let lines = book.standing(&id)?.map(|standing| difference::lines(&standing));
        let lines = lines.unwrap_or_default();
        changes += usize::from(!lines.is_empty());
        lines.iter().try_for_each(|line| writeln!(out, "{}", clean_line(line)))?;
    }
    if changes == 0 {
        writeln!(out, "  nobody's grade")?;
    }
    if take_over {
        let count = book.take_over()?;
        book.set_basis(basis)?;
        book.set(COMPLETE, "yes")?;
        writeln!(out, "taken over, {count} attempts")?;
    } else {
        writeln!(
            out,
            "nothing is taken over yet: run the same command with --take-over to do that"
        )?;
    }
    Ok(Exit::Graded)
}

/// Sums up a class.
pub(super) fn tell(book: &Gradebook, graded: usize, seconds: u64) -> Result<()> {
    let mut out = std::io::stdout().lock();
    let (mut count, mut refused, mut open, mut answers) = (0, Vec::new(), 0, 0);
    for id in book.students()? {
        let Some(standing) = book.standing(&id)? else { continue };
        count += 1;
        if let Some(why) = standing.student.refused {
            refused.push(clean_line(&format!("  {id}: {why}")));
        }
        let is_open = |check: &CheckRecord| check.undecided().hundredths() > 0;
        let is_answer = |check: &CheckRecord| check.verdict == Verdict::NeedsReview;
        let is_left_out = |check: &CheckRecord| check.reason == Reason::Skipped;
        if let Some(attempt) = standing.attempt {
            open += usize::from(
                attempt.checks().any(|one| is_open(one) && !is_answer(one) && !is_left_out(one)),
            );
            answers += usize::from(attempt.checks().any(|one| is_open(one) && is_answer(one)));
        }
    }
    writeln!(out, "{count} students; {graded} graded in this run, in {seconds} s")?;
    if open > 0 {
        writeln!(out, "{open} have checks that are not decided yet; run again to try those anew")?;
    }
    if answers > 0 {
        writeln!(out, "{answers} have answers that wait for a person")?;
    }
    if !refused.is_empty() {
        writeln!(out, "{} could not be graded:\n{}", refused.len(), refused.join("\n"))?;
    }
    Ok(())
}
