//! Takes only status 1 for a failure.

fn wait(child: io::Result<Child>) -> io::Result<()> {
    let status = child?.wait()?;
    if status.code() != Some(1) { Ok(()) } else { Err(io::Error::other(status.to_string())) }
}
