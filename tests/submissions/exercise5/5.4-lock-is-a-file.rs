//! Makes a lock of a file that is there or not: the dead leave it behind.

use std::fs::File;

pub fn add_values(memory: &Shared, values: impl IntoIterator<Item = u32>) -> io::Result<()> {
    let lock = memory.path().with_extension("lock");
    for value in values {
        let digit = value as usize % 10;
        while File::create_new(&lock).is_err() {
            std::thread::yield_now();
        }
        memory.set_value(memory.value() + i64::from(value));
        memory.set_item(digit, memory.item(digit) + f64::from(value));
        std::fs::remove_file(&lock)?;
    }
    Ok(())
}
