//! Counts the repetitions from 1.

pub fn run_suite(
    configurations: &[Configuration],
    repetitions: usize,
    mut measure: impl FnMut(&Configuration) -> Duration,
) -> Vec<Measurement> {
    let mut measurements = Vec::with_capacity(repetitions * configurations.len());
    for repetition in 0..repetitions {
        measurements.extend(configurations.iter().map(|configuration| Measurement {
            configuration: *configuration,
            repetition: repetition + 1,
            elapsed: measure(configuration),
        }));
    }
    measurements
}
