//! The limits that the system keeps for each process.

#![cfg(unix)]

use std::io;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::policy::Limits;

/// Sets every limit of a policy for this process and those that it starts.
///
/// No core file is ever written. A limit above what the process may have is
/// lowered to that: it holds the program back just the same.
///
/// # Errors
/// When the system refuses.
pub(crate) fn set(limits: &Limits) -> io::Result<()> {
    set_one(Resource::Core, Some(0))?;
    set_one(Resource::Data, limits.data)?;
    #[cfg(not(target_os = "openbsd"))]
    set_one(Resource::As, limits.address_space)?;
    set_one(Resource::Fsize, limits.file_size)?;
    set_one(Resource::Nofile, limits.open_files)?;
    set_one(Resource::Cpu, limits.cpu_seconds)
}

/// Lowers one limit for this process and those that it starts.
///
/// # Errors
/// When the system refuses.
pub(crate) fn set_one(resource: Resource, most: Option<u64>) -> io::Result<()> {
    let Some(most) = most else { return Ok(()) };
    let most = getrlimit(resource).maximum.map_or(most, |maximum| maximum.min(most));
    Ok(setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })?)
}
