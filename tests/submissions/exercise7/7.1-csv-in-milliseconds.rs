//! Rounds the raw measurements to milliseconds.

pub fn to_csv(measurements: &[Measurement]) -> String {
    let mut text = String::from("data_size,chunk_size,workers,repetition,elapsed_ms\n");
    for Measurement { configuration, repetition, elapsed } in measurements {
        let Configuration { data_size, chunk_size, workers } = configuration;
        let elapsed = elapsed.as_millis();
        let _ = writeln!(text, "{data_size},{chunk_size},{workers},{repetition},{elapsed}");
    }
    text
}
