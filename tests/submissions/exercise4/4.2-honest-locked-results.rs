//! Takes slices off the front of a locked slice, and locks a map for each result.

use std::collections::BTreeMap;
use std::sync::Mutex;

pub fn map_chunked<T: Sync, R: Send>(
    items: &[T],
    workers: usize,
    chunk_size: usize,
    job: impl Fn(&[T]) -> Vec<R> + Sync,
) -> Vec<R> {
    assert!(workers > 0 && chunk_size > 0, "nothing can be done with 0");
    let rest = Mutex::new((0_usize, items));
    let results = Mutex::new(BTreeMap::new());
    let next = || {
        let mut rest = rest.lock().unwrap();
        let (number, items) = *rest;
        let (chunk, others) = items.split_at(chunk_size.min(items.len()));
        *rest = (number + 1, others);
        (!chunk.is_empty()).then_some((number, chunk))
    };
    std::thread::scope(|scope| {
        let mut threads = Vec::new();
        for _ in 0..workers {
            threads.push(scope.spawn(|| {
                while let Some((number, chunk)) = next() {
                    let part = job(chunk);
                    results.lock().unwrap().insert(number, part);
                }
            }));
        }
        for thread in threads {
            if let Err(payload) = thread.join() {
                resume_unwind(payload);
            }
        }
    });
    let mut all = Vec::new();
    results.into_inner().unwrap().into_values().for_each(|part| all.extend(part));
    all
}

pub fn sweep(
    chunk_sizes: &[usize],
    mut measure: impl FnMut(usize) -> Duration,
) -> Vec<(usize, Duration)> {
    let mut table = Vec::new();
    for size in chunk_sizes {
        let time = measure(*size);
        table.push((*size, time));
    }
    table
}

pub fn best_chunk_size(measurements: &[(usize, Duration)]) -> Option<usize> {
    let shortest = measurements.iter().map(|one| one.1).min()?;
    measurements.iter().filter(|one| one.1 == shortest).map(|one| one.0).min()
}
