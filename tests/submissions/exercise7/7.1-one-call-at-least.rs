//! Measures once where no repetition was asked for.

pub fn run_suite(
    configurations: &[Configuration],
    repetitions: usize,
    mut measure: impl FnMut(&Configuration) -> Duration,
) -> Vec<Measurement> {
    let mut measurements = Vec::with_capacity(repetitions * configurations.len());
    for repetition in 0..repetitions.max(1) {
        measurements.extend(configurations.iter().map(|configuration| Measurement {
            configuration: *configuration,
            repetition,
            elapsed: measure(configuration),
        }));
    }
    measurements
}
