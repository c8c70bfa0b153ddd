//! Reads the first half of the files before it starts the workers.

pub fn process_par(inputs: &[PathBuf], output: &Path, workers: usize) -> io::Result<Counts> {
    assert!(workers > 0, "a pipeline needs at least one worker");
    let draft = draft_in(output)?;
    let mut first = Share::create(draft.path().join("first.csv"))?;
    let (alone, shared) = inputs.split_at(inputs.len() / 2);
    for (index, path) in alone.iter().enumerate() {
        read_part(&mut first, index, path)?;
    }
    let taken = AtomicUsize::new(0);
    let work = |worker: usize| -> Result<Share, (usize, io::Error)> {
        let path = draft.path().join(format!("worker-{worker}.csv"));
        let mut share = Share::create(path).map_err(|error| (0, error))?;
        loop {
            let index = taken.fetch_add(1, Ordering::Relaxed);
            let Some(path) = shared.get(index) else { return Ok(share) };
            read_part(&mut share, alone.len() + index, path).map_err(|error| (index, error))?;
        }
    };
    let outcomes: Vec<_> = std::thread::scope(|scope| {
        let work = &work;
        let crew: Vec<_> = (0..workers).map(|worker| scope.spawn(move || work(worker))).collect();
        let join = |worker: std::thread::ScopedJoinHandle<_>| {
            worker.join().unwrap_or_else(|panic| resume_unwind(panic))
        };
        crew.into_iter().map(join).collect()
    });
    let (mut shares, mut errors) = (vec![first], Vec::new());
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
    publish(&draft, output, &groups)?;
    Ok(counts)
}
