//! Writes nothing where there are no inputs.

pub fn process_seq(inputs: &[PathBuf], output: &Path, workers: usize) -> io::Result<Counts> {
    assert!(workers > 0, "a pipeline needs at least one worker");
    if inputs.is_empty() {
        return Ok(Counts::default());
    }
    let draft = draft_in(output)?;
    let mut share = Share::create(draft.path().join(REJECTS))?;
    named(&share.path, share.rejects.write_record(REJECTS_HEADER).map_err(io_error))?;
    for path in inputs {
        read_file(&mut share, path)?;
    }
    named(&share.path, share.rejects.flush())?;
    named(output, publish(&draft, output, &share.groups).map_err(io_error))?;
    Ok(share.counts)
}
