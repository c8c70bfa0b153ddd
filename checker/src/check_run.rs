//! Runs one check of the graded tests in a process of its own.

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};
use course::catalog::{Check, Exercise};
use course::channel::{HEAP_CAP, Reply, Request};
use course::child::Child;
use course::evidence::{EVIDENCE_VERSION, Evidence, MemoryEvidence};
use course::judge::judge_run;
use course::outcome::Outcome;
use course::verdict::{Judgement, Reason, Verdict};
use rand::RngExt;

use crate::evidence_file::write_evidence;
use crate::record::Judged;

/// Bytes of output that are kept of one check.
const OUTPUT_CAP: usize = 64 << 10;

/// What the checks of one submission are run with.
#[derive(Debug, Clone, Copy)]
pub struct CheckRun<'a> {
    /// The program of graded tests.
    pub graded: &'a Path,
    /// The stage.
    pub root: &'a Path,
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
    #[must_use]
    pub fn run(&self, check: &Check) -> Judged {
        let start = Instant::now();
        let nonce = format!("{:032x}", rand::rng().random::<u128>());
        let mut judged = match self.run_child(check, &nonce) {
            Ok(outcome) => {
                let kept = self.keep_evidence(check, &outcome);
                Judged {
                    judgement: judge_run(check, &nonce, &outcome),
                    evidence: kept.map(|file| file.display().to_string()),
                    ..Judged::at_once(fault(""))
                }
            }
            Err(error) => Judged::at_once(fault(&format!("{error:#}"))),
        };
        judged.duration_s = start.elapsed().as_secs_f64();
        judged
    }

    /// In an empty folder of its own, with next to no environment.
    fn run_child(&self, check: &Check, nonce: &str) -> Result<Outcome> {
        let folder = tempfile::tempdir().context("no temporary folder")?;
        let repeat =
            format!("COURSE_SALT={} cargo test -p {} -- {}", self.salt, self.exercise.id, check.id);
        Ok(Child {
            program: self.graded.to_owned(),
            args: vec!["--check".into()],
            dir: Some(folder.path().to_owned()),
            env: vec![
                ("TMPDIR".into(), folder.path().into()),
                ("INSTA_UPDATE".into(), "no".into()),
                ("INSTA_OUTPUT".into(), "none".into()),
                ("INSTA_WORKSPACE_ROOT".into(), self.root.into()),
                ("RUST_BACKTRACE".into(), "0".into()),
            ],
            deadline: check.deadline(),
            output_cap: OUTPUT_CAP,
            request: Some(Request {
                check: check.id.clone(),
                nonce: nonce.to_owned(),
                salt: self.salt,
                heap_cap_bytes: HEAP_CAP,
                repeat,
            }),
        }
        .run())
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

fn fault(why: &str) -> Judgement {
    let message = format!("the check could not be run: {why}. Tell the course staff.");
    Judgement::open(Verdict::Error, Reason::CheckerFault, message)
}
