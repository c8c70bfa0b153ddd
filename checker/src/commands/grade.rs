//! `checker grade`: one submission, one report.

use std::io::{IsTerminal, Write};
use std::path::Path;

use anyhow::Result;
use course::points::Points;
use kit::Kit;
use kit::error::{Interrupted, UserError};
use kit::exit_code::Exit;
use kit::selection::Selection;
use rand::RngExt;
use sandbox::{Layer, Layers, Level};

use super::Bench;
use crate::cli::{Audience, Grade, Require};
use crate::grade::Grading;
use crate::grade::event::{Progress, Several};
use crate::grade::pace::Pace;
use crate::grade::timed_run::ATTEMPTS;
use crate::intake::discover;
use crate::record::Recorder;
use crate::record::whole_file::write_whole;
use crate::report::{Reader, View, form};
use crate::settings::Settings;
use crate::workspace::isolation::Isolation;

pub(super) fn run(settings: &Settings, options: &Grade) -> Result<Exit> {
    let isolation = Isolation::probe(&settings.switched_off)?;
    require(isolation.layers(), options.require)?;
    let kit = Kit::find(&settings.here)?;
    let selection = Selection::parse(&kit, &options.selection)?;
    let path = options.submission.as_deref().unwrap_or(&kit.root);
    let submission = discover(&kit, &selection, path)?;
    if let Some(file) = &options.output {
        check_output(file)?;
    }
    let progress = |message: &str| eprintln!("  {message}");
    let mut bench = Bench::set_up(settings, isolation, kit, &progress)?;
    let recorder = Recorder::default();
    let grading = Grading {
        kit: &bench.kit,
        work: &bench.work,
        cargo: &bench.cargo,
        programs: &bench.programs,
        selection: &selection,
        // 53 bits: a salt must survive a reader that keeps numbers as doubles.
        salt: options.salt.unwrap_or_else(|| rand::rng().random_range(1..1 << 53)),
        timed: (!options.no_speed).then_some(ATTEMPTS),
        pace: &Pace::default(),
        listeners: &Several(&[&Progress, &recorder]),
    };
    let graded = grading.grade(&mut bench.stage, &submission);
    let is_interrupted = graded.as_ref().is_err_and(|error| error.is::<Interrupted>());
    if !is_interrupted {
        graded?;
    }
    let folder = match &options.output {
        Some(file) => settings.here.join(file).parent().map(Path::to_owned).unwrap_or_default(),
        None => settings.here.clone(),
    };
    let layers = bench.cargo.isolation().layers();
    let attempt = recorder
        .attempt(&bench.kit, &selection, &submission, grading.salt, layers)
        .relative_to(&folder);
    let reader = reader(options.reader);
    let to_terminal = options.output.is_none() && std::io::stdout().is_terminal();
    let form = form(&options.format).unwrap_or(&crate::report::FORMS[0]);
    let text = (form.render)(&View::new(&attempt, reader), to_terminal && settings.colour);
    match &options.output {
        Some(file) => write_whole(file, text.as_bytes())?,
        None => std::io::stdout().write_all(text.as_bytes())?,
    }
    if is_interrupted {
        let all = attempt.checks().count();
        let missing = attempt
            .checks()
            .filter(|check| check.reason == course::verdict::Reason::Interrupted)
            .count();
        eprintln!("interrupted: {missing} of {all} checks were not judged; their points stay open");
        return Ok(Exit::Interrupted);
    }
    Ok(ending(attempt.score, attempt.max_score, options.fail_under))
}

/// How a grading ends that was to have at least `fail_under` percent of the points.
pub(super) fn ending(score: Points, most: Points, fail_under: Option<u8>) -> Exit {
    let minimum = most.hundredths() * u32::from(fail_under.unwrap_or(0));
    if score.hundredths() * 100 < minimum { Exit::BelowMinimum } else { Exit::Graded }
}

/// Whom an audience of the command line means.
pub(super) fn reader(audience: Audience) -> Reader {
    match audience {
        Audience::Student => Reader::Student,
        Audience::Instructor => Reader::Instructor,
        Audience::Public => Reader::Public,
    }
}

/// Refuses to grade where this machine isolates less than is asked for.
pub(super) fn require(layers: &Layers, least: Require) -> Result<(), UserError> {
    let (least, base): (_, &[Layer]) = match least {
        Require::None => (Level::None, &[]),
        Require::Process => (Level::Process, &Layer::PROCESS),
        Require::Confined => (Level::Confined, &Layer::CONFINED),
    };
    if layers.level() >= least {
        return Ok(());
    }
    let missing = layers.missing().filter(|(layer, _)| base.contains(layer));
    let missing: Vec<String> = missing.map(|(layer, why)| format!("{layer} ({why})")).collect();
    Err(UserError::new(
        Exit::IsolationMissing,
        format!(
            "this machine isolates at level `{}`, not `{least}`; missing: {}",
            layers.level(),
            missing.join(", ")
        ),
        "grade on a machine that has them, or with a lower `--require` where it does not matter what submissions do",
    ))
}

/// Finds out before an hour of grading, not after it, that a report has no place.
pub(super) fn check_output(file: &Path) -> Result<(), UserError> {
    let refuse = |what: String| {
        Err(UserError::new(Exit::Usage, what, "make it first, or choose another --output"))
    };
    if file.is_dir() {
        return refuse(format!("{}: this is a folder", file.display()));
    }
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() && !folder.is_dir() => {
            refuse(format!("{}: no such folder", folder.display()))
        }
        _ => Ok(()),
    }
}
