//! Starts a thread for every file.

pub fn shrink_all(input: &Path, output: &Path) -> io::Result<Vec<Shrunk>> {
    fs::create_dir_all(output)?;
    let mut sources = Vec::new();
    for entry in fs::read_dir(input)? {
        let path = entry?.path();
        if path.is_file() {
            sources.push(path);
        }
    }
    sources.sort();
    let mut report = Vec::new();
    std::thread::scope(|scope| {
        let workers: Vec<_> = sources
            .into_iter()
            .map(|source| {
                scope.spawn(move || Shrunk { result: shrink(&source, output), source })
            })
            .collect();
        report.extend(workers.into_iter().flat_map(|worker| worker.join()));
    });
    Ok(report)
}
