//! Works on two halves of the images on two threads.

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
    let shrink = |source: PathBuf| Shrunk { result: shrink(&source, output), source };
    let rest = sources.split_off(sources.len() / 2);
    let shrink = &shrink;
    Ok(std::thread::scope(|scope| {
        let second = scope.spawn(move || rest.into_iter().map(shrink).collect::<Vec<_>>());
        let mut all: Vec<Shrunk> = sources.into_iter().map(shrink).collect();
        all.extend(second.join().expect("no panic"));
        all
    }))
}
