//! Measures every configuration once more than asked, to warm up.

pub fn run_suite(
    configurations: &[Configuration],
    repetitions: usize,
    mut measure: impl FnMut(&Configuration) -> Duration,
) -> Vec<Measurement> {
    configurations.iter().for_each(|configuration| drop(measure(configuration)));
    solution_run_suite(configurations, repetitions, measure)
}
