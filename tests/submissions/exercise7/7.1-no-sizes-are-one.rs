//! Takes a list without sizes for one with the size 1.

#[must_use]
pub fn grid(data_sizes: &[usize], chunk_sizes: &[usize], workers: &[usize]) -> Vec<Configuration> {
    let workers = if workers.is_empty() { &[1] } else { workers };
    let of_chunks = |data_size, chunk_size| {
        workers.iter().map(move |&workers| Configuration { data_size, chunk_size, workers })
    };
    let of_data = |&data_size| {
        chunk_sizes.iter().flat_map(move |&chunk_size| of_chunks(data_size, chunk_size))
    };
    data_sizes.iter().flat_map(of_data).collect()
}
