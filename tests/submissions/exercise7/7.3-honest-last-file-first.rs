//! Honest: takes the last file first, gives each input a reject file of its own
//! and strings them together by number.

use std::sync::Mutex;

pub fn process_par(inputs: &[PathBuf], output: &Path, workers: usize) -> io::Result<Counts> {
    assert!(workers > 0, "a pipeline needs at least one worker");
    let draft = draft_in(output)?;
    let piece = |index: usize| draft.path().join(format!("piece-{index}.csv"));
    let left = Mutex::new(inputs.iter().enumerate().collect::<Vec<_>>());
    let work = |worker: usize| {
        let mut all = Share::create(draft.path().join(format!("unused-{worker}.csv")))?;
        let mut failed: Option<(usize, io::Error)> = None;
        loop {
            let next = left.lock().expect("no worker panics").pop();
            let Some((index, path)) = next else { break };
            let mut read = || -> io::Result<()> {
                let file = named(&piece(index), File::create(piece(index)))?;
                all.rejects = WriterBuilder::new().flexible(true).from_writer(file);
                read_file(&mut all, path)?;
                named(path, all.rejects.flush())
            };
            if let Err(error) = read() {
                // Later files come first here, so this one is the better error.
                failed = Some((index, error));
            }
        }
        io::Result::Ok((all, failed))
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
    let mut rejects = named(output, File::create(draft.path().join(REJECTS)))?;
    named(output, io::Write::write_all(&mut rejects, b"file,line,reason,row\n"))?;
    for index in 0..inputs.len() {
        let mut piece = named(output, File::open(piece(index)))?;
        named(output, io::copy(&mut piece, &mut rejects))?;
    }
    let (counts, groups) = merge(shares);
    named(output, publish(&draft, output, &groups).map_err(io_error))?;
    Ok(counts)
}
