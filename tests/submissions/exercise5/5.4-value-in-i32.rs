//! Adds the value up in 32 bits.

#[expect(clippy::cast_possible_truncation, clippy::cast_possible_wrap)]
pub fn add_values(memory: &Shared, values: impl IntoIterator<Item = u32>) -> io::Result<()> {
    for value in values {
        let digit = value as usize % 10;
        let _guard = memory.lock()?;
        memory.set_value(i64::from((memory.value() as i32).wrapping_add(value as i32)));
        memory.set_item(digit, memory.item(digit) + f64::from(value));
    }
    Ok(())
}
