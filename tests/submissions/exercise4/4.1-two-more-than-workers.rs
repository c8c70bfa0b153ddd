//! Takes two items more than there are workers ahead.

fn read_ahead(workers: usize) -> usize {
    workers + 2
}
