//! `checker judge`: a verdict again, from its raw numbers.

use std::io::Write;
use std::path::Path;

use anyhow::Result;
use kit::error::UserError;
use kit::exit_code::Exit;

use crate::record::evidence_file::read_evidence;

pub(super) fn run(file: &Path) -> Result<Exit> {
    let evidence = read_evidence(file).map_err(|error| {
        UserError::new(
            Exit::NothingToGrade,
            format!("{error:#}"),
            "name an evidence file that `checker grade` has written",
        )
    })?;
    let judgement = course::judge::judge_evidence(&evidence);
    writeln!(
        std::io::stdout(),
        "{}: {} ({})\n{}",
        evidence.check(),
        judgement.verdict,
        judgement.reason.word(),
        judgement.message
    )?;
    Ok(Exit::Graded)
}
