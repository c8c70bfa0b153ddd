//! Takes the last digit from the number's text, and folds over the values.

pub fn add_values(memory: &Shared, values: impl IntoIterator<Item = u32>) -> io::Result<()> {
    values.into_iter().try_fold((), |(), value| {
        let digit = value.to_string().chars().last().and_then(|digit| digit.to_digit(10)).unwrap();
        let guard = memory.lock()?;
        memory.set_item(digit as usize, memory.item(digit as usize) + value as f64);
        memory.set_value(memory.value() + value as i64);
        drop(guard);
        Ok(())
    })
}

pub fn total_of_processes(
    memory: &Shared,
    processes: usize,
    command: impl Fn(usize) -> Command,
) -> io::Result<i64> {
    let mut children = Vec::with_capacity(processes);
    for number in 0..processes {
        children.push(command(number).spawn());
    }
    let mut first = None;
    for (number, child) in children.into_iter().enumerate() {
        let why = match child.and_then(|mut child| child.wait()) {
            Ok(status) if status.success() => continue,
            Ok(status) => format!("process {number} ended with {status}"),
            Err(error) => format!("process {number} did not run: {error}"),
        };
        first.get_or_insert(io::Error::new(io::ErrorKind::Other, why));
    }
    match first {
        Some(error) => Err(error),
        None => Ok(memory.value()),
    }
}
