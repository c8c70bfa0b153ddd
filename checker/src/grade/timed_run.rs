//! Runs one timed check: a program of the kit's measures, this one judges.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use course::catalog::{Check, Need};
use course::evidence::{Evidence, SpeedEvidence};
use course::judge::judge_speed;
use course::measure::{MEASURE_ARGUMENT, MeasureReply, MeasureRequest, TimedProgram};
use course::outcome::Exit;
use course::verdict::{Judgement, Reason};
use rand::RngExt;
use supervise::interrupt::is_interrupted;
use supervise::{Command, Launcher, Limits, line_of};

use super::event::{Event, Judged, Listener};
use crate::record::evidence_file::write_evidence;
use crate::workspace::isolation::Isolation;
use crate::workspace::prepare::Kept;

/// How long one measurement may take in all.
const DEADLINE: Duration = Duration::from_secs(60);

/// Measurements after which an inconclusive verdict of a grade stays.
pub const ATTEMPTS: u32 = 3;

/// Most bytes of raw numbers.
const EVIDENCE_CAP: usize = 16 << 20;

/// Files in memory, on Linux.
const MEMORY: &str = "/dev/shm";

/// What a timed check needs beside its entry in the catalogue.
#[derive(Debug, Clone, Copy)]
pub struct TimedRun<'a> {
    /// The program that measures.
    pub measuring: &'a Kept,
    /// The program with the submission's timed calls.
    pub submission: &'a Path,
    /// What was laid where it was compiled.
    pub identity: &'a str,
    /// The one with the reference solution's, where there is one.
    pub reference: Option<&'a Kept>,
    /// Content hash of the kit.
    pub kit: &'a str,
    /// Where the seeds come from.
    pub salt: u64,
    /// The folder for evidence and plots.
    pub evidence: &'a Path,
    /// Whether everything shares one CPU.
    pub one_cpu: bool,
    /// What holds the programs of timed calls.
    pub isolation: &'a Isolation,
    /// What the question's code needs.
    pub needs: &'a BTreeSet<Need>,
}

impl TimedRun<'_> {
    /// Measures and judges; if the machine was too busy, again after a pause, up
    /// to `attempts` times in all.
    #[must_use]
    pub fn run(&self, check: &Check, attempts: u32, listeners: &dyn Listener) -> Judged {
        let start = std::time::Instant::now();
        let mut judged = Judged::at_once(fault("nothing was measured"));
        listeners.hear(&Event::Measuring(check));
        for attempt in 1..=attempts {
            let file = self.evidence.join(format!("{}-{attempt}.json", check.id.replace('/', "-")));
            judged.judgement = match self.measure(check, attempt) {
                Ok(evidence) => {
                    let judgement = judge_speed(&evidence);
                    match write_evidence(&file, &Evidence::Speed(evidence)) {
                        Ok(()) => judgement,
                        Err(error) => fault(&format!("{error:#}")),
                    }
                }
                Err(_) if is_interrupted() => {
                    Judgement::error(Reason::Interrupted, "interrupted while it was measured.")
                }
                Err(error) => fault(&format!("{error:#}")),
            };
            judged.evidence = file.is_file().then_some(file);
            let plots = self.criterion_home(check, attempt).join("report/index.html");
            judged.plots = plots.is_file().then_some(plots);
            if judged.judgement.reason != Reason::MachineBusy || attempt == attempts {
                break;
            }
            listeners.hear(&Event::MeasuringAgain(check));
            let pause = rand::rng().random_range(1000..3000) * u64::from(attempt);
            std::thread::sleep(Duration::from_millis(pause));
        }
        judged.duration_s = start.elapsed().as_secs_f64();
        judged
    }

    /// A fresh folder for what criterion writes of one attempt.
    fn criterion_home(&self, check: &Check, attempt: u32) -> PathBuf {
        self.evidence.join(format!("criterion-{}-{attempt}", check.id.replace('/', "-")))
    }

    /// Measures in a process of its own and returns the raw numbers.
    ///
    /// # Errors
    /// When the process or the reference fails.
    pub fn measure(&self, check: &Check, attempt: u32) -> Result<SpeedEvidence> {
        let home = self.criterion_home(check, attempt);
        // criterion would compare with what an earlier run left there, and it panics
        // where neither has two different samples, as on a busy machine.
        match std::fs::remove_dir_all(&home) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(error).with_context(|| home.display().to_string());
            }
            _ => {}
        }
        // Here lie also the files that a killed process leaves behind. In memory: a
        // disk that others write to gives the same call 27 ms and 50 ms.
        let scratch = tempfile::tempdir_in(MEMORY)
            .or_else(|_| tempfile::tempdir())
            .context("a folder for the timed calls")?;
        let request = MeasureRequest {
            question: check.id.trim_end_matches("/speed").to_owned(),
            kit: self.kit.to_owned(),
            // Each attempt draws its own inputs.
            salt: self.salt.wrapping_add(u64::from(attempt - 1) << 32),
            threshold: check.speed.context("the check has no threshold")?,
            submission: self.timed_program(self.submission, self.identity, scratch.path())?,
            reference: match self.reference {
                Some(kept) => {
                    Some(self.timed_program(&kept.path, &kept.identity, scratch.path())?)
                }
                None => None,
            },
            one_cpu: self.one_cpu,
        };
        let process = Command::new(&self.measuring.path, Launcher::this_program(Limits::STUDENT)?)
            .args([MEASURE_ARGUMENT])
            .env("CRITERION_HOME", home)
            .env("RUST_BACKTRACE", "0")
            .env("TMPDIR", scratch.path())
            .start()?;
        let (ending, said) = process.ask(line_of(&request), EVIDENCE_CAP, DEADLINE);
        match serde_json::from_slice(&said) {
            Ok(MeasureReply::Measured(evidence)) if ending.exit == Exit::Code(0) => Ok(*evidence),
            Ok(MeasureReply::Fault(why)) => bail!(why),
            _ => bail!("{:?}: {}", ending.exit, String::from_utf8_lossy(&ending.stderr).trim()),
        }
    }

    fn timed_program(
        &self,
        program: &Path,
        identity: &str,
        scratch: &Path,
    ) -> Result<TimedProgram> {
        let hold = self.isolation.timed_call(program, scratch, self.needs)?;
        let launcher = match hold.launcher {
            Launcher::Direct => Vec::new(),
            Launcher::Through(program, args) => {
                std::iter::once(program.into_os_string()).chain(args).collect()
            }
        };
        Ok(TimedProgram {
            launcher,
            program: program.to_owned(),
            env: hold.env,
            identity: identity.to_owned(),
        })
    }
}

fn fault(why: &str) -> Judgement {
    Judgement::error(
        Reason::CheckerFault,
        format!(
            "the speed could not be measured: {why}. Grade again; if it stays, tell the course staff."
        ),
    )
}
