//! Takes the lock once and keeps it until the last value has come.

pub fn add_values(memory: &Shared, values: impl IntoIterator<Item = u32>) -> io::Result<()> {
    let _guard = memory.lock()?;
    for value in values {
        let digit = value as usize % 10;
        memory.set_value(memory.value() + i64::from(value));
        memory.set_item(digit, memory.item(digit) + f64::from(value));
    }
    Ok(())
}
