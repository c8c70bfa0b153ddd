//! Looks for the best among all data sizes, where the least data always wins.

pub fn best_configuration(summaries: &[Summary], data_size: usize) -> Option<Configuration> {
    summaries
        .iter()
        .min_by_key(|summary| {
            let Configuration { workers, chunk_size, .. } = summary.configuration;
            (summary.median, workers, chunk_size)
        })
        .map(|summary| summary.configuration)
        .filter(|configuration| configuration.data_size == data_size)
}
