//! Writes the rejected rows of a file when it is done, and takes the last file first.

use std::sync::Mutex;

pub fn process_par(inputs: &[PathBuf], output: &Path, workers: usize) -> io::Result<Counts> {
    assert!(workers > 0, "a pipeline needs at least one worker");
    let draft = draft_in(output)?;
    let mut all = Share::create(draft.path().join(REJECTS))?;
    named(&all.path, all.rejects.write_record(REJECTS_HEADER).map_err(io_error))?;
    named(&all.path, all.rejects.flush())?;
    let left = Mutex::new(inputs.iter().enumerate().collect::<Vec<_>>());
    let all = Mutex::new(all);
    let errors = Mutex::new(Vec::new());
    let work = |index: usize, path: &Path| -> io::Result<()> {
        let part = draft.path().join(format!("part-{index}.csv"));
        let mut share = Share::create(part.clone())?;
        read_file(&mut share, path)?;
        named(&part, share.rejects.flush())?;
        let mut all = all.lock().expect("no worker panics");
        named(&part, io::copy(&mut File::open(&part)?, &mut all.rejects.get_ref()))?;
        let (counts, groups) = merge(vec![share]);
        all.counts.rows += counts.rows;
        all.counts.kept += counts.kept;
        all.counts.rejected += counts.rejected;
        all.counts.duplicates += counts.duplicates;
        for (key, total) in groups {
            all.groups.entry(key).or_default().add(&total);
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let next = left.lock().expect("no worker panics").pop();
                    let Some((index, path)) = next else { break };
                    if let Err(error) = work(index, path) {
                        errors.lock().expect("no worker panics").push((index, error));
                    }
                }
            });
        }
    });
    let errors = errors.into_inner().expect("no worker panics");
    if let Some((_, error)) = errors.into_iter().min_by_key(|&(index, _)| index) {
        return Err(error);
    }
    let all = all.into_inner().expect("no worker panics");
    publish(&draft, output, &all.groups)?;
    Ok(all.counts)
}
