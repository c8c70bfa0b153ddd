//! Panics when a process cannot be started.

pub fn total_of_processes(
    memory: &Shared,
    processes: usize,
    command: impl Fn(usize) -> Command,
) -> io::Result<i64> {
    let started: Vec<io::Result<Child>> = (0..processes)
        .map(|number| Ok(command(number).spawn().expect("the process starts")))
        .collect();
    let ended: Vec<io::Result<()>> = started.into_iter().map(wait).collect();
    for (number, outcome) in ended.into_iter().enumerate() {
        outcome.map_err(|error| io::Error::other(format!("process {number}: {error}")))?;
    }
    Ok(memory.value())
}
