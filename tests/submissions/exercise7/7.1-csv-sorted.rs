//! Sorts the measurements in the CSV.

#[must_use]
pub fn to_csv(measurements: &[Measurement]) -> String {
    let mut text = String::from("data_size,chunk_size,workers,repetition,elapsed_ns\n");
    let mut sorted = measurements.to_vec();
    sorted.sort_by_key(|one| (one.configuration, one.repetition));
    for Measurement { configuration, repetition, elapsed } in &sorted {
        let Configuration { data_size, chunk_size, workers } = configuration;
        let elapsed = elapsed.as_nanos();
        let _ = writeln!(text, "{data_size},{chunk_size},{workers},{repetition},{elapsed}");
    }
    text
}
