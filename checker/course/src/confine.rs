//! What a child does to itself before any of the student's code runs.

use std::fs::File;
use std::os::unix::net::UnixStream;

use rustix::process::{Resource, Rlimit};

/// Largest file that a check may write.
const FILE_CAP: u64 = 1 << 30;

/// Takes the private channel away from standard input, which is empty from
/// then on.
///
/// # Errors
/// When standard input is no open descriptor, or `/dev/null` is missing.
pub fn take_channel() -> std::io::Result<UnixStream> {
    let channel = UnixStream::from(rustix::io::fcntl_dupfd_cloexec(std::io::stdin(), 3)?);
    rustix::stdio::dup2_stdin(File::open("/dev/null")?)?;
    Ok(channel)
}

/// Leaves this process, and those that it starts, one of its CPUs.
///
/// # Errors
/// When the system refuses, or cannot pin at all.
pub fn pin_to_one_cpu() -> std::io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};
        let allowed = sched_getaffinity(None)?;
        let first = (0..CpuSet::MAX_CPU).find(|&cpu| allowed.is_set(cpu));
        let mut one = CpuSet::new();
        one.set(first.unwrap_or_default());
        sched_setaffinity(None, &one)?;
        Ok(())
    }
    #[cfg(not(target_os = "linux"))]
    Err(std::io::ErrorKind::Unsupported.into())
}

/// Makes this process die with its supervisor, leave no core file and fill
/// no disk.
///
/// # Errors
/// When the system refuses.
pub fn confine_process() -> std::io::Result<()> {
    #[cfg(target_os = "linux")]
    rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL))?;
    let limit = |bytes| Rlimit { current: Some(bytes), maximum: Some(bytes) };
    rustix::process::setrlimit(Resource::Core, limit(0))?;
    rustix::process::setrlimit(Resource::Fsize, limit(FILE_CAP))?;
    Ok(())
}
