//! Adds to the item of the first digit.

pub fn add_values(memory: &Shared, values: impl IntoIterator<Item = u32>) -> io::Result<()> {
    for value in values {
        let digit = value.to_string().bytes().next().map_or(0, |digit| usize::from(digit - b'0'));
        let _guard = memory.lock()?;
        memory.set_value(memory.value() + i64::from(value));
        memory.set_item(digit, memory.item(digit) + f64::from(value));
    }
    Ok(())
}
