//! Takes rights away from a program before it starts.
//!
//! A caller does not start a student's program but the *shim*: its own
//! executable under a hidden subcommand that calls [`shim_main`]. The shim
//! reads a [`Policy`], restricts itself, and becomes the program; or it stays
//! beside it as a supervisor, where a layer needs one.
//!
//! ```no_run
//! use std::path::Path;
//!
//! # fn main() -> std::io::Result<()> {
//! let shim = sandbox::Shim::new(std::env::current_exe()?, ["confine"]);
//! let layers = shim.probe(); // once
//! let program = Path::new("/stage/target/release/exercise4");
//! let policy = sandbox::Policy::check(&layers, program, Path::new("/scratch/1"));
//! let mut command = shim.command(&policy, program)?;
//! command.arg("--serve").env_clear().env("TMPDIR", "/scratch/1");
//! let status = command.status()?;
//! if status.code() == Some(sandbox::REFUSED) {
//!     // The checker's error, never the student's.
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # What the caller sees
//!
//! - Exit code and fatal signal are the program's own. Two exceptions, both of
//!   a supervised program: its own exit codes 124 and 125 arrive as 126, and a
//!   signal that Rust's runtime ignores (PIPE) as 128 plus its number.
//! - [`TOO_MANY_TASKS`] (124) of a supervised program means that it was stopped
//!   because it had more threads and processes than [`Limits::tasks`].
//! - [`REFUSED`] (125), with one line on standard error, means that a layer
//!   that the policy demands could not be put in force, or that the program
//!   could not be executed: nothing of the student's has run. An unsupervised
//!   program ([`Policy::timed_call`]) can end with 125 by itself; a caller who
//!   shook hands with it before knows that this is no refusal.
//! - TERM to the shim is handed to the program's process group, and 250 ms
//!   later everything is killed. KILL to the shim kills the program and, with
//!   a pid namespace, everything that it started. Without one, grandchildren
//!   outlive a KILL, so send TERM first and leave time.
//! - USR1 to the shim of a supervised program gives the program the lowest
//!   priority.
//! - The shim must be started by a thread that lives as long as it: the death
//!   signal comes when that *thread* ends.
//! - Outside Linux there is no supervisor: session and limits are what there is.

mod layer;
mod policy;
mod refusal;
mod shim;

mod limits;

#[cfg(target_os = "linux")]
mod linux;

pub use layer::{Layer, Layers, Level, State};
pub use policy::{Limits, Network, Policy, Processes};
pub use refusal::{REFUSED, TOO_MANY_TASKS};
pub use shim::{Shim, shim_main};
