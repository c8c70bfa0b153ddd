//! Honest: takes the files from a list behind a lock, and reads on after an error.

pub fn process_par(inputs: &[PathBuf], output: &Path, workers: usize) -> io::Result<Counts> {
    assert!(workers > 0, "a pipeline needs at least one worker");
    let draft = draft_in(output)?;
    let left = std::sync::Mutex::new(inputs.iter().enumerate());
    let work = |worker: usize| -> io::Result<_> {
        let mut share = Share::create(draft.path().join(format!("worker-{worker}.csv")))?;
        let mut failed: Option<(usize, io::Error)> = None;
        loop {
            let next = left.lock().expect("no worker panics").next();
            let Some((index, path)) = next else { return Ok((share, failed)) };
            if let Err(error) = read_part(&mut share, index, path) {
                // Files come in their order, so the first error is the one to tell.
                failed.get_or_insert((index, error));
            }
        }
    };
    let outcomes = std::thread::scope(|scope| {
        let work = &work;
        let crew: Vec<_> = (0..workers).map(|worker| scope.spawn(move || work(worker))).collect();
        crew.into_iter()
            .map(|worker| worker.join().unwrap_or_else(|panic| resume_unwind(panic)))
            .collect::<io::Result<Vec<_>>>()
    })?;
    let (shares, errors): (Vec<_>, Vec<_>) = outcomes.into_iter().unzip();
    if let Some((_, error)) = errors.into_iter().flatten().min_by_key(|&(index, _)| index) {
        return Err(error);
    }
    named(output, string_together(&draft, &shares).map_err(io_error))?;
    let (counts, groups) = merge(shares);
    publish(&draft, output, &groups)?;
    Ok(counts)
}
