//! Pairs the first chunk size with the first number of workers, the second with the second.

#[must_use]
pub fn grid(data_sizes: &[usize], chunk_sizes: &[usize], workers: &[usize]) -> Vec<Configuration> {
    let of_chunks = |data_size, chunk_size| {
        workers.iter().map(move |&workers| Configuration { data_size, chunk_size, workers })
    };
    let of_data = |&data_size| {
        chunk_sizes
            .iter()
            .enumerate()
            .flat_map(move |(at, &chunk_size)| of_chunks(data_size, chunk_size).skip(at).take(1))
    };
    data_sizes.iter().flat_map(of_data).collect()
}
