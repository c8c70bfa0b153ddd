//! Question 5.4: one sum in the memory of several processes.

use std::io;
use std::process::{Child, Command};

use shared::Shared;

/// Adds every value to the memory's value and to the item of its last digit.
///
/// The lock is held from the first read to the last write of one value: less
/// would lose updates, more would hold the others up. To add the values up
/// first and lock once is faster, but then others see nothing until the end.
pub fn add_values(memory: &Shared, values: impl IntoIterator<Item = u32>) -> io::Result<()> {
    for value in values {
        let digit = value as usize % 10;
        let _guard = memory.lock()?;
        memory.set_value(memory.value() + i64::from(value));
        memory.set_item(digit, memory.item(digit) + f64::from(value));
    }
    Ok(())
}

/// Starts the processes, waits for all and returns the memory's value.
///
/// Two passes over a vector: an iterator that starts and waits in one go would
/// run one process after another. The lock is not needed at the end, as nobody
/// writes any more.
pub fn total_of_processes(
    memory: &Shared,
    processes: usize,
    command: impl Fn(usize) -> Command,
) -> io::Result<i64> {
    let started: Vec<io::Result<Child>> =
        (0..processes).map(|number| command(number).spawn()).collect();
    let ended: Vec<io::Result<()>> = started.into_iter().map(wait).collect();
    for (number, outcome) in ended.into_iter().enumerate() {
        outcome.map_err(|error| io::Error::other(format!("process {number}: {error}")))?;
    }
    Ok(memory.value())
}

/// Waits for a process; what did not start has failed already.
fn wait(child: io::Result<Child>) -> io::Result<()> {
    let status = child?.wait()?;
    if status.success() { Ok(()) } else { Err(io::Error::other(status.to_string())) }
}
