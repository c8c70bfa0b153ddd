//! A thread waits for each process, and the value is summed up from the items.

pub fn add_values(memory: &Shared, values: impl IntoIterator<Item = u32>) -> io::Result<()> {
    let mut values = values.into_iter();
    loop {
        let Some(value) = values.next() else { return Ok(()) };
        let digit = (value % 10) as usize;
        let _guard = memory.lock()?;
        memory.set_item(digit, memory.item(digit) + f64::from(value));
        let sum: f64 = (0..10).map(|item| memory.item(item)).sum();
        memory.set_value(sum as i64);
    }
}

pub fn total_of_processes(
    memory: &Shared,
    processes: usize,
    command: impl Fn(usize) -> Command,
) -> io::Result<i64> {
    let statuses: Vec<io::Result<std::process::ExitStatus>> = std::thread::scope(|scope| {
        let command = &command;
        let started: Vec<_> = (0..processes).map(|number| command(number).spawn()).collect();
        let threads: Vec<_> = started
            .into_iter()
            .map(|child| scope.spawn(move || child.and_then(|mut child| child.wait())))
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let failed = statuses
        .iter()
        .position(|status| !status.as_ref().is_ok_and(std::process::ExitStatus::success));
    match failed {
        Some(number) => {
            Err(io::Error::other(format!("process {number} failed: {:?}", statuses[number])))
        }
        None => Ok(memory.value()),
    }
}
