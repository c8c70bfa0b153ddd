//! `checker ci` and `checker comment`: a request for changes, and the comment on it.

use std::fs::File;
use std::io::{IsTerminal, Write};
use std::path::Path;

use anyhow::{Context, Result};
use kit::Kit;
use kit::error::UserError;
use kit::exit_code::Exit;

use super::grade::{check_output, ending, require};
use crate::ci::{CiOutcome, Order, comment as comment_on, run as grade_request};
use crate::cli::Ci;
use crate::record::whole_file::write_whole;
use crate::report::form;
use crate::settings::Settings;
use crate::workspace::isolation::Isolation;

pub(super) fn run(settings: &Settings, options: &Ci) -> Result<Exit> {
    let isolation = Isolation::probe(&settings.switched_off)?;
    require(isolation.layers(), options.require)?;
    check_output(&options.output)?;
    let order = Order {
        base: &options.base,
        head: &options.head,
        previous: options.previous.as_deref(),
        salt: options.salt,
        no_speed: options.no_speed,
    };
    let (outcome, is_interrupted) = grade_request(settings, isolation, &order)?;
    write_whole(&options.output, (serde_json::to_string_pretty(&outcome)? + "\n").as_bytes())?;
    if let Some(file) = &options.summary {
        // What other steps have written there stays.
        let mut open = File::options()
            .append(true)
            .create(true)
            .open(file)
            .with_context(|| file.display().to_string())?;
        open.write_all(comment_on(&outcome).as_bytes())?;
    }
    let mut out = std::io::stdout().lock();
    let Some(after) = &outcome.after else {
        writeln!(out, "no file of a question differs: nothing to grade")?;
        return Ok(Exit::Graded);
    };
    let form = form(&options.format).unwrap_or(&crate::report::FORMS[0]);
    let is_coloured = settings.colour && std::io::stdout().is_terminal();
    out.write_all((form.render)(after, is_coloured).as_bytes())?;
    if is_interrupted {
        return Ok(Exit::Interrupted);
    }
    Ok(ending(after.score, after.max_score, options.fail_under))
}

pub(super) fn comment(
    settings: &Settings,
    file: &Path,
    head: Option<&str>,
    output: Option<&Path>,
) -> Result<Exit> {
    let kit = Kit::find(&settings.here)?;
    let refuse = |why: String| {
        let what = format!("{}: {why}", file.display());
        UserError::new(Exit::NothingToGrade, what, "nothing is said of this request; see its run")
    };
    let bytes = std::fs::read(file).map_err(|error| refuse(error.to_string()))?;
    let outcome = CiOutcome::read(&kit, &bytes).map_err(refuse)?;
    if head.is_some_and(|head| head != outcome.head) {
        return Err(refuse("it is about another commit".to_owned()).into());
    }
    let text = comment_on(&outcome);
    match output {
        Some(file) => write_whole(file, text.as_bytes())?,
        None => std::io::stdout().write_all(text.as_bytes())?,
    }
    Ok(Exit::Graded)
}
