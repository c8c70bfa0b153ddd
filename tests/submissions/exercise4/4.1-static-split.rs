//! Deals the items out beforehand, like cards: every worker has its fixed share.

pub fn pool_map<T: Send, R: Send>(
    items: Vec<T>,
    workers: usize,
    job: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    assert!(workers > 0, "a pool needs at least one worker");
    let mut results: Vec<Option<R>> = std::iter::repeat_with(|| None).take(items.len()).collect();
    let mut shares: Vec<Vec<(usize, T)>> = std::iter::repeat_with(Vec::new).take(workers).collect();
    for (index, item) in items.into_iter().enumerate() {
        shares[index % workers].push((index, item));
    }
    let job = &job;
    std::thread::scope(|scope| {
        let crew: Vec<_> = shares
            .into_iter()
            .map(|share| {
                scope.spawn(move || {
                    share.into_iter().map(|(index, item)| (index, job(item))).collect::<Vec<_>>()
                })
            })
            .collect();
        for worker in crew {
            for (index, result) in worker.join().unwrap_or_else(|panic| resume_unwind(panic)) {
                results[index] = Some(result);
            }
        }
    });
    results.into_iter().flatten().collect()
}
