//! Leaves broken files out of the report.

pub fn shrink_all(input: &Path, output: &Path) -> io::Result<Vec<Shrunk>> {
    let mut report = solution_shrink_all(input, output)?;
    report.retain(|line| line.result.is_ok());
    Ok(report)
}
