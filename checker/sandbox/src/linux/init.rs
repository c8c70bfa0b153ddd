//! The first process of a pid namespace: waits for orphans, and takes
//! everybody with it when it is killed.

use std::convert::Infallible;
use std::io::Write;

use nix::sys::signal::{SigSet, Signal as Caught};
use rustix::process::{Signal, WaitOptions, wait};

use crate::layer::Layer;
use crate::refusal::{OrRefuse, Refusal};

/// Says that it is ready with a line on standard output, and stays until it is
/// killed, by its supervisor or by its supervisor's end.
pub fn run() -> Result<Infallible, Refusal> {
    let caught: SigSet = [Caught::SIGCHLD].into_iter().collect();
    caught.thread_block().or_refuse(Layer::PidNamespace)?;
    rustix::process::set_parent_process_death_signal(Some(Signal::KILL))
        .or_refuse(Layer::PidNamespace)?;
    // Fails where the supervisor ended before the line above.
    let mut ready = std::io::stdout();
    ready.write_all(b"\n").and_then(|()| ready.flush()).or_refuse(Layer::PidNamespace)?;
    loop {
        while let Ok(Some(_)) = wait(WaitOptions::NOHANG) {}
        caught.wait().or_refuse(Layer::PidNamespace)?;
    }
}
