//! Opens the outputs before it reads: those of the run before are gone at once.

fn draft_in(output: &Path) -> io::Result<TempDir> {
    for name in [REJECTS, SUMMARY] {
        named(output, File::create(output.join(name)))?;
    }
    named(output, tempfile::Builder::new().prefix(".draft-").tempdir_in(output))
}
