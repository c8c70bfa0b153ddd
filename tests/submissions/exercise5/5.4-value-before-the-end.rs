//! Reads the value before the processes have ended.

pub fn total_of_processes(
    memory: &Shared,
    processes: usize,
    command: impl Fn(usize) -> Command,
) -> io::Result<i64> {
    let started: Vec<io::Result<Child>> =
        (0..processes).map(|number| command(number).spawn()).collect();
    let value = memory.value();
    let ended: Vec<io::Result<()>> = started.into_iter().map(wait).collect();
    for (number, outcome) in ended.into_iter().enumerate() {
        outcome.map_err(|error| io::Error::other(format!("process {number}: {error}")))?;
    }
    Ok(value)
}
