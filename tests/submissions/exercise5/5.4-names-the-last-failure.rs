//! Names the last process that failed.

pub fn total_of_processes(
    memory: &Shared,
    processes: usize,
    command: impl Fn(usize) -> Command,
) -> io::Result<i64> {
    let started: Vec<io::Result<Child>> =
        (0..processes).map(|number| command(number).spawn()).collect();
    let ended: Vec<io::Result<()>> = started.into_iter().map(wait).collect();
    for (number, outcome) in ended.into_iter().enumerate().rev() {
        outcome.map_err(|error| io::Error::other(format!("process {number}: {error}")))?;
    }
    Ok(memory.value())
}
