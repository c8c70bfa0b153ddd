//! `checker class`, `checker merge` and `checker report`: a class and its gradebook.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use kit::Kit;
use kit::error::UserError;
use kit::exit_code::Exit;

use super::grade::{reader, require};
use crate::class::{Order, Policy, Submitted, run as grade_class};
use crate::cli::{Audience, Class, Report};
use crate::gradebook::{Gradebook, Standing, Student, merge};
use crate::record::whole_file::write_whole;
use crate::report::class::{ClassView, page_name};
use crate::report::sheet::fill;
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
    let policy = match &options.policy {
        None => None,
        Some(file) => {
            let kit = Kit::find(&settings.here)?;
            let exercises: Vec<&str> = kit.exercises.iter().map(|one| &*one.id).collect();
            Some(Policy::read(file, &exercises)?)
        }
    };
    let policy = policy.as_ref();
    match &options.student {
        Some(id) => one(settings, options, &book, policy, id),
        None => all(options, &book, policy),
    }
}

/// The report on one student.
fn one(
    settings: &Settings,
    options: &Report,
    book: &Gradebook,
    policy: Option<&Policy>,
    id: &str,
) -> Result<Exit> {
    let nothing = |what: String| {
        let all = "`checker report GRADEBOOK` lists all students";
        UserError::new(Exit::NothingToGrade, what, all)
    };
    let standing = book.standing(id)?.ok_or_else(|| nothing(format!("no student `{id}`")))?;
    let attempt = standing.attempt.ok_or_else(|| {
        let why = standing.student.refused.clone().unwrap_or_else(|| "not graded yet".to_owned());
        nothing(format!("{id}: {why}"))
    })?;
    let derived = policy.map(|policy| policy.apply(&attempt, submitted(&standing.student)));
    let mut view = View::new(&attempt, reader(options.reader.unwrap_or(Audience::Student)));
    view.derivation = derived.map(|derived| derived.lines).unwrap_or_default();
    let form = form(&options.format).unwrap_or(&crate::report::FORMS[0]);
    let to_terminal =
        options.output.is_none() && std::io::IsTerminal::is_terminal(&std::io::stdout());
    write(options, &(form.render)(&view, to_terminal && settings.colour))
}

/// The report on the whole class.
fn all(options: &Report, book: &Gradebook, policy: Option<&Policy>) -> Result<Exit> {
    let reader = reader(options.reader.unwrap_or(Audience::Instructor));
    let mut view = ClassView::default();
    let standings = || -> Result<Vec<String>, UserError> { book.students() };
    let standing = |id: &str| -> Result<Standing> {
        book.standing(id)?.with_context(|| format!("{id} is gone"))
    };
    for id in standings()? {
        let Standing { student, attempt, .. } = standing(&id)?;
        let derived = attempt.as_ref().and_then(|attempt| {
            policy.map(|policy| policy.apply(attempt, submitted(&student)).score)
        });
        let seen = attempt.map(|attempt| View::new(&attempt, reader));
        view.add(&student, seen.as_ref(), derived);
    }
    if let Some(sheet) = &options.sheet {
        return fill_sheet(options, &view, sheet);
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
                let standing = standing(&id)?;
                let Some(attempt) = standing.attempt else { continue };
                // A student's page is for that student.
                let mut own = View::new(&attempt, super::grade::reader(Audience::Student));
                let derived = policy.map(|one| one.apply(&attempt, submitted(&standing.student)));
                own.derivation = derived.map(|derived| derived.lines).unwrap_or_default();
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

/// Puts the grades into a downloaded sheet, and says what could not be put there.
fn fill_sheet(options: &Report, view: &ClassView, file: &Path) -> Result<Exit> {
    let refuse = |why: String| {
        let what = format!("{}: {why}", file.display());
        UserError::new(Exit::Usage, what, "nothing was written; name a sheet as it was downloaded")
    };
    let text = std::fs::read_to_string(file).map_err(|error| refuse(error.to_string()))?;
    let filled = fill(&text, &view.rows, options.column.as_deref()).map_err(refuse)?;
    write(options, &filled.text)?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{} grades are in the sheet", filled.filled)?;
    for (ids, why) in [
        (&filled.open, "have points that are not decided yet; their cells stay as they were"),
        (&filled.unknown, "have no row in the sheet"),
    ] {
        if !ids.is_empty() {
            writeln!(out, "{} {why}: {}", ids.len(), ids.join(", "))?;
        }
    }
    Ok(Exit::Graded)
}

/// When a student handed in, as far as the roster said.
fn submitted(student: &Student) -> Submitted {
    let at = student.submitted.as_ref().and_then(|at| at.parse().ok());
    Submitted { at, extension_days: student.extension_days }
}

fn write(options: &Report, text: &str) -> Result<Exit> {
    match &options.output {
        Some(file) => write_whole(file, text.as_bytes())?,
        None => std::io::stdout().write_all(text.as_bytes())?,
    }
    Ok(Exit::Graded)
}
