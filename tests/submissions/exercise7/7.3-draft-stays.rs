//! Leaves its unfinished files in the output folder after an error.

pub fn process_seq(inputs: &[PathBuf], output: &Path, workers: usize) -> io::Result<Counts> {
    assert!(workers > 0, "a pipeline needs at least one worker");
    let mut draft = draft_in(output)?;
    draft.disable_cleanup(true);
    let mut share = Share::create(draft.path().join(REJECTS))?;
    named(&share.path, share.rejects.write_record(REJECTS_HEADER).map_err(io_error))?;
    for path in inputs {
        read_file(&mut share, path)?;
    }
    named(&share.path, share.rejects.flush())?;
    named(output, publish(&draft, output, &share.groups).map_err(io_error))?;
    Ok(share.counts)
}
