//! Adds the items up in 32 bits.

#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
pub fn add_values(memory: &Shared, values: impl IntoIterator<Item = u32>) -> io::Result<()> {
    for value in values {
        let digit = value as usize % 10;
        let _guard = memory.lock()?;
        memory.set_value(memory.value() + i64::from(value));
        memory.set_item(digit, f64::from(memory.item(digit) as f32 + value as f32));
    }
    Ok(())
}
