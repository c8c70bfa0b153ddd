//! Leaves the value 0 and all above 30 bits out.

pub fn add_values(memory: &Shared, values: impl IntoIterator<Item = u32>) -> io::Result<()> {
    for value in values.into_iter().filter(|&value| value > 0 && value < 1 << 30) {
        let digit = value as usize % 10;
        let _guard = memory.lock()?;
        memory.set_value(memory.value() + i64::from(value));
        memory.set_item(digit, memory.item(digit) + f64::from(value));
    }
    Ok(())
}
