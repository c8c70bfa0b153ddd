//! The child's end of the private line to its supervisor.

use std::fs::File;
use std::os::unix::net::UnixStream;

/// Takes the private channel away from standard input, which is empty from
/// then on.
///
/// # Errors
/// When standard input is no open descriptor, or `/dev/null` is missing.
pub fn take() -> std::io::Result<UnixStream> {
    let channel = UnixStream::from(rustix::io::fcntl_dupfd_cloexec(std::io::stdin(), 3)?);
    rustix::stdio::dup2_stdin(File::open("/dev/null")?)?;
    Ok(channel)
}
