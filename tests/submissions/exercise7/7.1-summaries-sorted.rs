//! Sorts the summaries by their configurations.

#[must_use]
pub fn summarise(measurements: &[Measurement]) -> Vec<Summary> {
    let mut runs: BTreeMap<Configuration, Vec<Duration>> = BTreeMap::new();
    let mut order = Vec::new();
    for measurement in measurements {
        let times = runs.entry(measurement.configuration).or_default();
        if times.is_empty() {
            order.push(measurement.configuration);
        }
        times.push(measurement.elapsed);
    }
    let summary = |configuration| {
        let mut times = runs.remove(&configuration)?;
        times.sort_unstable();
        Some(Summary {
            configuration,
            median: median(&times),
            fastest: *times.first()?,
            slowest: *times.last()?,
        })
    };
    order.sort();
    order.into_iter().filter_map(summary).collect()
}
