//! A neighbour that takes CPU time while something is measured.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::cell::Condition;
use crate::cli;

/// A running neighbour; ended when dropped.
#[derive(Debug)]
pub struct Neighbour(Option<Child>);

impl Neighbour {
    /// Starts the neighbour of a condition, if it has one: this program in a
    /// process of its own.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(condition: Condition) -> Result<Self> {
        let (busy_ms, idle_ms) = match condition {
            Condition::Quiet | Condition::OneCpu => return Ok(Self(None)),
            Condition::QuarterNeighbour => (40, 120),
            Condition::BusyNeighbour => (1000, 0),
        };
        let child = Command::new(std::env::current_exe().context("this program")?)
            .arg("neighbour")
            .args(["--busy-ms".to_owned(), busy_ms.to_string()])
            .args(["--idle-ms".to_owned(), idle_ms.to_string()])
            .stdin(Stdio::null())
            .spawn()
            .context("the neighbour cannot be started")?;
        Ok(Self(Some(child)))
    }
}

impl Drop for Neighbour {
    fn drop(&mut self) {
        if let Some(child) = &mut self.0 {
            // It may be gone already; the wait reaps it all the same.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// The hidden `checker neighbour`: computes and pauses until it is killed, or
/// until the process that started it ends.
///
/// # Errors
/// When the system refuses to tie it to its parent.
pub fn neighbour_here(options: &cli::Neighbour) -> Result<()> {
    course::confine::confine_process()?;
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
