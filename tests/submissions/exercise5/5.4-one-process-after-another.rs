//! Waits for each process before it starts the next one.

pub fn total_of_processes(
    memory: &Shared,
    processes: usize,
    command: impl Fn(usize) -> Command,
) -> io::Result<i64> {
    let ended: Vec<io::Result<()>> =
        (0..processes).map(|number| wait(command(number).spawn())).collect();
    for (number, outcome) in ended.into_iter().enumerate() {
        outcome.map_err(|error| io::Error::other(format!("process {number}: {error}")))?;
    }
    Ok(memory.value())
}
