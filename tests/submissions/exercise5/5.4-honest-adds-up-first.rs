//! Right, and odd: adds the values up by itself and takes the lock once.

pub fn add_values(memory: &Shared, values: impl IntoIterator<Item = u32>) -> io::Result<()> {
    let mut sums = [0_i64; 10];
    for value in values {
        sums[value as usize % 10] += i64::from(value);
    }
    let _guard = memory.lock()?;
    memory.set_value(memory.value() + sums.iter().sum::<i64>());
    for (digit, &sum) in sums.iter().enumerate() {
        memory.set_item(digit, memory.item(digit) + sum as f64);
    }
    Ok(())
}
