//! Honest: a channel of numbered chunks, and the results come back through another.

use crossbeam::channel::unbounded;

pub fn map_chunked<T: Sync, R: Send>(
    items: &[T],
    workers: usize,
    chunk_size: usize,
    job: impl Fn(&[T]) -> Vec<R> + Sync,
) -> Vec<R> {
    assert!(workers > 0, "a pool needs at least one worker");
    assert!(chunk_size > 0, "a chunk needs at least one item");
    let (tasks, queue) = unbounded();
    let (reply, results) = unbounded();
    for task in items.chunks(chunk_size).enumerate() {
        tasks.send(task).expect("the queue is here");
    }
    drop(tasks);
    let mut parts: Vec<(usize, Vec<R>)> = std::thread::scope(|scope| {
        let crew: Vec<_> = (0..workers)
            .map(|_| {
                let (queue, reply, job) = (queue.clone(), reply.clone(), &job);
                scope.spawn(move || {
                    for (index, chunk) in queue {
                        reply.send((index, job(chunk))).expect("the caller listens");
                    }
                })
            })
            .collect();
        for worker in crew {
            worker.join().unwrap_or_else(|panic| resume_unwind(panic));
        }
        results.try_iter().collect()
    });
    parts.sort_unstable_by_key(|&(index, _)| index);
    let mut all = Vec::new();
    parts.into_iter().for_each(|(_, part)| all.extend(part));
    all
}
