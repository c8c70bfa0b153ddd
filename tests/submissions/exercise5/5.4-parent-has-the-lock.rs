//! Keeps the lock while it waits for processes that need it.

pub fn total_of_processes(
    memory: &Shared,
    processes: usize,
    command: impl Fn(usize) -> Command,
) -> io::Result<i64> {
    let _guard = memory.lock()?;
    solution_total_of_processes(memory, processes, command)
}
