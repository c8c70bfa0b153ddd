//! Runs one check of the graded tests in a process of its own.

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};
use course::catalog::{Check, Exercise};
use course::channel::{HEAP_CAP, Reply, Request};
use course::evidence::{EVIDENCE_VERSION, Evidence, MemoryEvidence};
use course::judge::{Proof, judge_run};
use course::outcome::{Exit, Outcome};
use course::verdict::{Judgement, Reason};
use rand::RngExt;
use supervise::{Command, Next};

use super::disk_use::DiskUse;
use super::event::Judged;
use super::pace::Turn;
use crate::record::evidence_file::write_evidence;
use crate::workspace::isolation::{self, Isolation};
use crate::workspace::program::CHECK_ARGUMENT;

/// What the checks of one submission are run with.
#[derive(Debug, Clone, Copy)]
pub struct CheckRun<'a> {
    /// The program of graded tests.
    pub graded: &'a Path,
    /// What was laid where it was compiled.
    pub identity: &'a str,
    /// The stage.
    pub root: &'a Path,
    /// What holds the program.
    pub isolation: &'a Isolation,
    /// The exercise that the checks belong to.
    pub exercise: &'a Exercise,
    /// Content hash of the kit.
    pub kit: &'a str,
    /// Where all seeds come from.
    pub salt: u64,
    /// The folder for raw numbers.
    pub evidence: &'a Path,
}

impl CheckRun<'_> {
    /// Runs one check and judges it; its raw numbers are kept, if it has any.
    ///
    /// One that somebody killed is run again once: a machine that was out of
    /// memory for a moment is not a verdict.
    #[must_use]
    pub fn run(&self, check: &Check, turn: &mut Turn<'_>) -> Judged {
        let start = Instant::now();
        let mut judged = self.run_once(check, turn);
        if judged.judgement.reason == Reason::MachineFault {
            judged = self.run_once(check, turn);
        }
        judged.duration_s = start.elapsed().as_secs_f64();
        judged
    }

    fn run_once(&self, check: &Check, turn: &mut Turn<'_>) -> Judged {
        let nonce = format!("{:032x}", rand::rng().random::<u128>());
        match self.run_child(check, &nonce, turn) {
            Ok(outcome) => {
                turn.ended(&outcome.exit);
                let proof = Proof { nonce: &nonce, identity: self.identity };
                let evidence = self.keep_evidence(check, &outcome);
                Judged { evidence, ..Judged::at_once(judge_run(check, proof, &outcome)) }
            }
            Err(error) => {
                let message = format!(
                    "the check could not be run: {error:#}. Grade again; if it stays, tell the course staff."
                );
                Judged::at_once(Judgement::error(Reason::MachineFault, message))
            }
        }
    }

    /// In an empty folder of its own, with next to no environment.
    fn run_child(&self, check: &Check, nonce: &str, turn: &mut Turn<'_>) -> Result<Outcome> {
        let folder = tempfile::tempdir().context("no temporary folder")?;
        let repeat =
            format!("COURSE_SALT={} cargo test -p {} -- {}", self.salt, self.exercise.id, check.id);
        let request = Request {
            check: check.id.clone(),
            nonce: nonce.to_owned(),
            salt: self.salt,
            heap_cap_bytes: HEAP_CAP,
            repeat,
        };
        let needs = self.exercise.needs_of(check);
        let hold = self.isolation.check(self.graded, self.root, folder.path(), needs)?;
        let command = Command { env: hold.env, ..Command::new(self.graded, hold.launcher) }
            .args([CHECK_ARGUMENT])
            .dir(folder.path())
            .env("INSTA_UPDATE", "no")
            .env("INSTA_OUTPUT", "none")
            .env("INSTA_WORKSPACE_ROOT", self.root)
            .env("RUST_BACKTRACE", "0");
        let mut disk = DiskUse::of(folder.path());
        let mut next = |elapsed| match turn.next(elapsed) {
            _ if disk.look(elapsed) => Next::Stop,
            Next::Aside if !hold.is_supervised => Next::On,
            next => next,
        };
        let outcome = command.run_while(check.deadline(), Some(&request), &mut next);
        let mut outcome = isolation::read(outcome);
        if disk.was_too_much() {
            outcome.exit = Exit::DiskFilled;
        }
        Ok(outcome)
    }

    /// Writes what a memory check measured beside the evidence of speed.
    fn keep_evidence(&self, check: &Check, outcome: &Outcome) -> Option<PathBuf> {
        let bound = check.memory?;
        let measured = outcome.replies.iter().find_map(|reply| match reply {
            Reply::Memory(measured) => Some(measured.clone()),
            _ => None,
        })?;
        let evidence = Evidence::Memory(MemoryEvidence {
            evidence_version: EVIDENCE_VERSION,
            check: check.id.clone(),
            kit: self.kit.to_owned(),
            salt: self.salt,
            bound,
            measured,
        });
        let file = self.evidence.join(format!("{}.json", check.id.replace('/', "-")));
        // The verdict stands without the file; a report then names none.
        write_evidence(&file, &evidence).ok().map(|()| file)
    }
}
