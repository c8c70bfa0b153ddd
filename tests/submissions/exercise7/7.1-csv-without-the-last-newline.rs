//! Leaves the newline of the last line out.

#[must_use]
pub fn to_csv(measurements: &[Measurement]) -> String {
    let mut text = String::from("data_size,chunk_size,workers,repetition,elapsed_ns\n");
    for Measurement { configuration, repetition, elapsed } in measurements {
        let Configuration { data_size, chunk_size, workers } = configuration;
        let elapsed = elapsed.as_nanos();
        let _ = writeln!(text, "{data_size},{chunk_size},{workers},{repetition},{elapsed}");
    }
    text.pop();
    text
}
