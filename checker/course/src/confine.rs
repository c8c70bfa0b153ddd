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
