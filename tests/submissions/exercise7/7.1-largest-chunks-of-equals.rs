//! Takes the largest chunks of equal medians and workers.

#[must_use]
pub fn best_configuration(summaries: &[Summary], data_size: usize) -> Option<Configuration> {
    summaries
        .iter()
        .filter(|summary| summary.configuration.data_size == data_size)
        .min_by_key(|summary| {
            let Configuration { workers, chunk_size, .. } = summary.configuration;
            (summary.median, workers, std::cmp::Reverse(chunk_size))
        })
        .map(|summary| summary.configuration)
}
