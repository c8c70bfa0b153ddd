//! Reads one file more at once than it was given workers.

pub fn process_par(inputs: &[PathBuf], output: &Path, workers: usize) -> io::Result<Counts> {
    assert!(workers > 0, "a pipeline needs at least one worker");
    let draft = draft_in(output)?;
    let shares = (0..(workers + 1).min(inputs.len()))
        .map(|worker| Share::create(draft.path().join(format!("worker-{worker}.csv"))))
        .collect::<io::Result<Vec<_>>>()?;
    let taken = AtomicUsize::new(0);
    let work = |mut share: Share| {
        loop {
            // Relaxed: the counter only gives each file to one worker; the
            // shares are handed over by `join`.
            let index = taken.fetch_add(1, Ordering::Relaxed);
            let Some(path) = inputs.get(index) else { return Ok(share) };
            if let Err(error) = read_part(&mut share, index, path) {
                // All files before this one are taken already, so of several
                // errors the first in the list is among those that are found.
                taken.store(inputs.len(), Ordering::Relaxed);
                return Err((index, error));
            }
        }
    };
    let outcomes: Vec<Result<Share, (usize, io::Error)>> = std::thread::scope(|scope| {
        let crew: Vec<_> = shares.into_iter().map(|share| scope.spawn(|| work(share))).collect();
        let join = |worker: std::thread::ScopedJoinHandle<_>| {
            worker.join().unwrap_or_else(|panic| resume_unwind(panic))
        };
        crew.into_iter().map(join).collect()
    });
    let (mut shares, mut errors) = (Vec::new(), Vec::new());
    for outcome in outcomes {
        match outcome {
            Ok(share) => shares.push(share),
            Err(error) => errors.push(error),
        }
    }
    if let Some((_, error)) = errors.into_iter().min_by_key(|&(index, _)| index) {
        return Err(error);
    }
    named(output, string_together(&draft, &shares).map_err(io_error))?;
    let (counts, groups) = merge(shares);
    named(output, publish(&draft, output, &groups).map_err(io_error))?;
    Ok(counts)
}
