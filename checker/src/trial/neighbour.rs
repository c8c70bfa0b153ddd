//! A neighbour that takes CPU time while something is measured.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use kit::exit_code::Exit;
use supervise::{Command, Launcher, Limits, Process, this_program};

use super::cell::Condition;
use crate::cli;

/// Starts the neighbour of a condition, if it has one: this program in a process
/// of its own, which ends when what is returned is dropped.
///
/// # Errors
/// When it cannot be started.
pub fn start(condition: Condition) -> Result<Option<Process>> {
    let (busy_ms, idle_ms) = match condition {
        Condition::Quiet | Condition::OneCpu => return Ok(None),
        Condition::QuarterNeighbour => (40, 120),
        Condition::BusyNeighbour => (1000, 0),
    };
    let this = this_program().context("this program")?;
    let neighbour = Command::new(this, Launcher::this_program(Limits::STUDENT)?)
        .args(["neighbour".to_owned()])
        .args(["--busy-ms".to_owned(), busy_ms.to_string()])
        .args(["--idle-ms".to_owned(), idle_ms.to_string()])
        .start()
        .context("the neighbour cannot be started")?;
    Ok(Some(neighbour))
}

/// The hidden `checker neighbour`: computes and pauses until it is ended.
///
/// # Errors
/// Never; it does not return.
pub fn neighbour_here(options: &cli::Neighbour) -> Result<Exit> {
    let idle = Duration::from_millis(options.idle_ms);
    loop {
        let start = Instant::now();
        while start.elapsed() < Duration::from_millis(options.busy_ms) {
            std::hint::spin_loop();
        }
        if !idle.is_zero() {
            std::thread::sleep(idle);
        }
    }
}
