//! What happens to a child before it becomes the program that was asked for.

use std::ffi::OsString;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, ExitCode};

use rustix::process::{Resource, Rlimit};
use serde::{Deserialize, Serialize};

/// The first argument of a program that is to restrict itself and then become
/// another one.
pub const ARGUMENT: &str = "--as-child";

/// The exit code of a child that could not be restricted and was not run.
pub const REFUSED: u8 = 125;

/// The exit code of a child whose program could not be executed.
pub const NOT_EXECUTED: u8 = 127;

/// What the system holds a child to, whatever program it becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Largest file that it may write, in bytes.
    pub file_bytes: u64,
    /// Most descriptors that it may have open, where it is not the system's own limit.
    pub open_files: Option<u64>,
    /// Most bytes of data, which is heap and what is like it; `None` for no limit.
    pub data_bytes: Option<u64>,
}

impl Limits {
    /// Of programs that belong to a student, or read what a student wrote.
    pub const STUDENT: Self =
        Self { file_bytes: 1 << 30, open_files: Some(4096), data_bytes: Some(8 << 30) };

    /// Of the compiler, which reads what a student wrote.
    pub const COMPILER: Self =
        Self { file_bytes: 2 << 30, open_files: None, data_bytes: Some(16 << 30) };
}

/// Where the first argument of this process is [`ARGUMENT`], restricts this
/// process and becomes the program that the further ones name; returns only if
/// that fails. Otherwise returns `None` at once: the program goes on as itself.
///
/// The first thing that a program's `main` does.
#[must_use]
pub fn enter() -> Option<ExitCode> {
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next()? != ARGUMENT {
        return None;
    }
    let limits = arguments.next().unwrap_or_default();
    let (Some(program), arguments) = (arguments.next(), arguments) else {
        eprintln!("{ARGUMENT} is how a supervisor starts a child; it is not for people");
        return Some(ExitCode::from(REFUSED));
    };
    if let Err(error) = restrict(&limits) {
        eprintln!("{}: the child cannot be restricted: {error}", Path::new(&program).display());
        return Some(ExitCode::from(REFUSED));
    }
    let error = Command::new(&program).args(arguments).exec();
    eprintln!("{}: {error}", Path::new(&program).display());
    Some(ExitCode::from(NOT_EXECUTED))
}

/// A session of its own, death with the supervisor, no core file, the limits.
fn restrict(limits: &OsString) -> std::io::Result<()> {
    let limits: Limits = serde_json::from_slice(limits.as_encoded_bytes())?;
    rustix::process::setsid()?;
    #[cfg(target_os = "linux")]
    rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL))?;
    lower(Resource::Core, 0)?;
    lower(Resource::Fsize, limits.file_bytes)?;
    if let Some(open_files) = limits.open_files {
        lower(Resource::Nofile, open_files)?;
    }
    if let Some(data_bytes) = limits.data_bytes {
        lower(Resource::Data, data_bytes)?;
    }
    Ok(())
}

/// Lowers a limit for good; one that is lower already stays.
fn lower(resource: Resource, most: u64) -> std::io::Result<()> {
    let now = rustix::process::getrlimit(resource);
    let most = now.maximum.map_or(most, |maximum| maximum.min(most));
    let current = now.current.map_or(most, |current| current.min(most));
    rustix::process::setrlimit(resource, Rlimit { current: Some(current), maximum: Some(most) })?;
    Ok(())
}
