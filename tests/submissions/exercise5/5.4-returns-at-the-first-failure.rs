//! Returns the first failure while other processes are still at work.

pub fn total_of_processes(
    memory: &Shared,
    processes: usize,
    command: impl Fn(usize) -> Command,
) -> io::Result<i64> {
    let started: Vec<io::Result<Child>> =
        (0..processes).map(|number| command(number).spawn()).collect();
    for (number, child) in started.into_iter().enumerate() {
        wait(child).map_err(|error| io::Error::other(format!("process {number}: {error}")))?;
    }
    Ok(memory.value())
}
