//! Takes the lock for the read, gives it back, and takes it again for the write.

pub fn add_values(memory: &Shared, values: impl IntoIterator<Item = u32>) -> io::Result<()> {
    for value in values {
        let digit = value as usize % 10;
        let (sum, item) = {
            let _guard = memory.lock()?;
            (memory.value(), memory.item(digit))
        };
        let _guard = memory.lock()?;
        memory.set_value(sum + i64::from(value));
        memory.set_item(digit, item + f64::from(value));
    }
    Ok(())
}
