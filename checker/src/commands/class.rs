//! `checker class`, `checker merge` and `checker report`: a class and its gradebook.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::grade::{reader, require};
use crate::class::{Order, run as grade_class};
use crate::cli::{Audience, Class, Report};
use crate::error::UserError;
use crate::exit_code::Exit;
use crate::gradebook::{Gradebook, Standing, merge};
use crate::record::whole_file::write_whole;
use crate::report::class::{ClassView, page_name};
use crate::report::{View, class, form};
use crate::settings::Settings;
use crate::workspace::isolation::Isolation;

pub(super) fn run(settings: &Settings, options: &Class) -> Result<Exit> {
    let isolation = Isolation::probe(&settings.switched_off)?;
    require(isolation.layers(), options.require)?;
    let order = Order {
        folder: &options.folder,
        selection: &options.selection,
        gradebook: &options.gradebook,
        roster: options.roster.as_deref(),
        jobs: options.jobs.map(usize::from),
        shard: options.shard,
        salt: options.salt,
        no_speed: options.no_speed,
        take_over: options.take_over,
    };
    grade_class(settings, isolation, &order)
}

pub(super) fn join(into: &Path, parts: &[PathBuf]) -> Result<Exit> {
    let count = merge(into, parts)?;
    writeln!(std::io::stdout(), "{}: {count} students", into.display())?;
    Ok(Exit::Graded)
}

pub(super) fn report(settings: &Settings, options: &Report) -> Result<Exit> {
    let book = Gradebook::read(&options.gradebook)?;
    match &options.student {
        Some(id) => one(settings, options, &book, id),
        None => all(options, &book),
    }
}

/// The report on one student.
fn one(settings: &Settings, options: &Report, book: &Gradebook, id: &str) -> Result<Exit> {
    let nothing = |what: String| {
        let all = "`checker report GRADEBOOK` lists all students";
        UserError::new(Exit::NothingToGrade, what, all)
    };
    let standing = book.standing(id)?.ok_or_else(|| nothing(format!("no student `{id}`")))?;
    let attempt = standing.attempt.ok_or_else(|| {
        let why = standing.student.refused.unwrap_or_else(|| "not graded yet".to_owned());
        nothing(format!("{id}: {why}"))
    })?;
    let view = View::new(&attempt, reader(options.reader.unwrap_or(Audience::Student)));
    let form = form(&options.format).unwrap_or(&crate::report::FORMS[0]);
    let to_terminal =
        options.output.is_none() && std::io::IsTerminal::is_terminal(&std::io::stdout());
    write(options, &(form.render)(&view, to_terminal && settings.colour))
}

/// The report on the whole class.
fn all(options: &Report, book: &Gradebook) -> Result<Exit> {
    let reader = reader(options.reader.unwrap_or(Audience::Instructor));
    let mut view = ClassView::default();
    let standings = || -> Result<Vec<String>, UserError> { book.students() };
    let standing = |id: &str| -> Result<Standing> {
        book.standing(id)?.with_context(|| format!("{id} is gone"))
    };
    for id in standings()? {
        let Standing { student, attempt, .. } = standing(&id)?;
        view.add(&student, attempt.map(|attempt| View::new(&attempt, reader)).as_ref());
    }
    match options.format.as_str() {
        "terminal" => write(options, &class::table(&view)),
        "csv" => write(options, &class::csv(&view)?),
        "json" => write(options, &class::json(&view)?),
        "html" => {
            let folder = options.output.as_deref().ok_or_else(|| {
                UserError::new(
                    Exit::Usage,
                    "the pages of a class need a folder",
                    "give one with --output",
                )
            })?;
            let pages = folder.join("students");
            std::fs::create_dir_all(&pages).with_context(|| pages.display().to_string())?;
            let page = form("html").context("no form html")?;
            for id in standings()? {
                let Some(attempt) = standing(&id)?.attempt else { continue };
                // A student's page is for that student.
                let own = View::new(&attempt, super::grade::reader(Audience::Student));
                write_whole(&pages.join(page_name(&id)), (page.render)(&own, false).as_bytes())?;
            }
            write_whole(&folder.join("index.html"), class::page(&view).as_bytes())?;
            writeln!(std::io::stdout(), "{}", folder.join("index.html").display())?;
            Ok(Exit::Graded)
        }
        other => Err(UserError::new(
            Exit::Usage,
            format!("there is no report on a class as {other}"),
            "choose terminal, csv, json or html, or name a --student",
        )
        .into()),
    }
}

fn write(options: &Report, text: &str) -> Result<Exit> {
    match &options.output {
        Some(file) => write_whole(file, text.as_bytes())?,
        None => std::io::stdout().write_all(text.as_bytes())?,
    }
    Ok(Exit::Graded)
}
