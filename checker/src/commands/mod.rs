//! The commands: each reads its options, does its work and says how it ended.

mod ci;
mod class;
mod grade;
mod judge;
mod review;

use std::io::Write;

use anyhow::{Context, Result};
use kit::Kit;
use kit::answer;
use kit::exit_code::Exit;
use kit::selection::Selection;
use signal_hook::consts::{SIGCHLD, SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::bundle::{Bundle, System};
use crate::cli::{self, Command, Container};
use crate::proof::Extent;
use crate::settings::Settings;
use crate::workspace::isolation::Isolation;
use crate::workspace::prepare::{Programs, prepare};
use crate::workspace::{Cargo, Stage};
use crate::{proof, release, trial};

/// Runs one command.
///
/// # Errors
/// What the command could not do.
pub fn run(command: Command) -> Result<Exit> {
    let settings = Settings::read()?;
    match command {
        Command::Grade(options) => grade::run(&settings, &options),
        Command::Ci(options) => ci::run(&settings, &options),
        Command::Comment { outcome, head, output } => {
            ci::comment(&settings, &outcome, head.as_deref(), output.as_deref())
        }
        Command::Class(options) => class::run(&settings, &options),
        Command::Merge { parts, into } => class::join(&into, &parts),
        Command::Report(options) => class::report(&settings, &options),
        Command::Review(options) => review::run(&settings, &options),
        Command::Judge { evidence } => judge::run(&evidence),
        Command::List { selection } => answer::list(&settings.here, &selection),
        Command::Hint { question, level } => answer::hint(&settings.here, &question, level),
        Command::Verify { selection, no_speed, all_speed, only_speed, sample, submission } => {
            let timed = match (no_speed, all_speed, only_speed) {
                (true, ..) => proof::Timed::Nothing,
                (_, true, _) => proof::Timed::Everything,
                (.., true) => proof::Timed::Alone,
                _ => proof::Timed::WhereItMatters,
            };
            let extent = match sample {
                _ if !submission.is_empty() => Extent::Named(submission),
                Some(most) => Extent::Sample(most),
                None => Extent::All,
            };
            proof::verify(&settings, &selection, timed, &extent)
        }
        Command::Mutate(cli::Mutate { selection, own, list, sample, minutes }) => {
            let options = proof::mutation::Options { own, list, sample, minutes };
            proof::mutation::mutate(&settings, &selection, &options)
        }
        Command::Release { out } => {
            let count = release::write(&Kit::find(&settings.here)?, &settings.here.join(&out))?;
            writeln!(std::io::stdout(), "{}: {count} files", out.display())?;
            Ok(Exit::Graded)
        }
        Command::Bundle { system, selection, out } => {
            let kit = Kit::find(&settings.here)?;
            let selection = Selection::parse(&kit, &selection)?;
            let work = settings.work_folder(&kit.root)?;
            let isolation = Isolation::probe(&settings.switched_off)?;
            let cargo = Cargo::new(&settings, isolation, &work, &kit.root).context("cargo")?;
            let bundle = Bundle { kit: &kit, selection: &selection };
            let system = match system {
                Container::Gradescope => System::Gradescope,
                Container::Prairielearn => System::PrairieLearn,
                Container::Autolab => System::Autolab,
            };
            let next = bundle.write(system, &cargo, &settings.here.join(&out))?;
            writeln!(std::io::stdout(), "{}: {next}", out.display())?;
            Ok(Exit::Graded)
        }
        Command::Trial(options) => trial::run(&settings, &options),
        Command::Neighbour(options) => trial::neighbour_here(&options),
    }
}

/// Ends every child and then this run at an interrupt, a TERM or a hang-up; a
/// second one ends this process at once. And children are waited for here,
/// whatever the caller has made of their end.
///
/// # Errors
/// When the system refuses.
pub fn heed_signals() -> std::io::Result<()> {
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP, SIGCHLD])?;
    std::thread::spawn(move || {
        let ends = signals.forever().filter(|&signal| signal != SIGCHLD);
        for (count, _) in ends.enumerate() {
            supervise::interrupt::interrupt();
            if count > 0 {
                std::process::exit(Exit::Interrupted.code().into());
            }
        }
    });
    Ok(())
}

/// A kit with a stage in which its submissions can be graded.
#[derive(Debug)]
pub struct Bench {
    /// The kit.
    pub kit: Kit,
    /// The folder for stages, programs and evidence.
    pub work: std::path::PathBuf,
    /// Cargo.
    pub cargo: Cargo,
    /// A stage of this process's own.
    pub stage: Stage,
    /// The programs that do not change with the submission.
    pub programs: Programs,
}

impl Bench {
    /// Takes a stage of the kit and compiles what every submission needs, unless
    /// that was done before. `told` hears what takes long.
    ///
    /// # Errors
    /// When the disk cannot be written or the kit cannot be compiled.
    pub fn set_up(
        settings: &Settings,
        isolation: Isolation,
        kit: Kit,
        told: &dyn Fn(&str),
    ) -> Result<Self> {
        let work = settings.work_folder(&kit.root)?;
        let mut stage = Stage::take(&work, &kit)?;
        let cargo = Cargo::new(settings, isolation, &work, &kit.root).context("cargo")?;
        let programs = prepare(&cargo, &kit, &mut stage, &work, told)?;
        Ok(Self { kit, work, cargo, stage, programs })
    }
}
