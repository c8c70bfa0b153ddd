//! Starts and ends processes: every child of the checker, the harness and the
//! measurements is a [`Command`] of this crate.
//!
//! A child begins as the starting program itself, in its hidden mode
//! [`shim::ARGUMENT`]: there it gets a session and limits of its own, and only
//! then becomes the program that was asked for. So no program sets its own
//! limits. At its end everything that it has started is ended too, also what
//! has left its session.

mod capture;
pub mod channel;
mod command;
mod cores;
pub mod cpu_time;
pub mod interrupt;
pub mod loopback;
mod orphans;
mod process;
pub mod queue;
pub mod shim;
mod slots;
mod this_program;

pub use command::{Command, Launcher, line_of};
pub use cores::{cores, pin_to_one_cpu};
pub use cpu_time::CpuTime;
pub use process::{Ending, Fate, Next, Process};
pub use shim::Limits;
pub use slots::{Slot, Slots};
pub use this_program::this_program;
