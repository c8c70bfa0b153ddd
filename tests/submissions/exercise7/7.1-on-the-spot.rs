//! Repeats each configuration on the spot before it goes on to the next.

pub fn run_suite(
    configurations: &[Configuration],
    repetitions: usize,
    mut measure: impl FnMut(&Configuration) -> Duration,
) -> Vec<Measurement> {
    let mut measurements = Vec::new();
    for configuration in configurations {
        for repetition in 0..repetitions {
            let elapsed = measure(configuration);
            measurements.push(Measurement { configuration: *configuration, repetition, elapsed });
        }
    }
    measurements
}
