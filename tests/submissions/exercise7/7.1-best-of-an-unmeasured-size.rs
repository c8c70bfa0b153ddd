//! Gives the best of all where a size was not measured.

#[must_use]
pub fn best_configuration(summaries: &[Summary], data_size: usize) -> Option<Configuration> {
    summaries
        .iter()
        .filter(|summary| summary.configuration.data_size == data_size)
        .min_by_key(|summary| {
            let Configuration { workers, chunk_size, .. } = summary.configuration;
            (summary.median, workers, chunk_size)
        })
        .or_else(|| summaries.iter().min_by_key(|summary| summary.median))
        .map(|summary| summary.configuration)
}
