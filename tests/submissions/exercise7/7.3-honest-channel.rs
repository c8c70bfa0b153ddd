//! Files through a channel without places, dates cut at their dashes, prices digit by digit.

pub fn parse_cents(price: &str) -> Option<u64> {
    let mut digits = (0, None);
    let mut cents = 0_u64;
    for byte in price.bytes() {
        match (byte, &mut digits) {
            (b'0'..=b'9', (_, Some(after @ 0..2))) => *after += 1,
            (b'0'..=b'9', (before @ 0..15, None)) => *before += 1,
            (b'.', (1.., after @ None)) => {
                *after = Some(0);
                continue;
            }
            _ => return None,
        }
        cents = cents * 10 + u64::from(byte - b'0');
    }
    match digits {
        (0, _) | (_, Some(0)) => None,
        (_, None) => Some(cents * 100),
        (_, Some(1)) => Some(cents * 10),
        _ => Some(cents),
    }
}

fn is_date(text: &str) -> bool {
    let mut parts = text.split('-');
    let mut number = |length: usize| {
        let part = parts.next()?;
        let is_one = part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
        is_one.then(|| part.parse::<u32>().ok()).flatten()
    };
    number(4).is_some()
        && matches!(number(2), Some(1..=12))
        && matches!(number(2), Some(1..=31))
        && parts.next().is_none()
}

pub fn process_par(inputs: &[PathBuf], output: &Path, workers: usize) -> io::Result<Counts> {
    if workers == 0 {
        panic!("a pipeline needs a worker");
    }
    let draft = draft_in(output)?;
    let (task, tasks) = crossbeam::channel::unbounded::<(usize, &PathBuf)>();
    let work = |number: usize| {
        let mut share = Share::create(draft.path().join(format!("{number}.part")))
            .map_err(|error| (usize::MAX, error))?;
        let mut failed = None;
        // Whoever has met an error takes the rest and reads nothing of it.
        for (index, path) in &tasks {
            if failed.is_none() {
                failed = read_part(&mut share, index, path).err().map(|error| (index, error));
            }
        }
        failed.map_or(Ok(share), Err)
    };
    for one in inputs.iter().enumerate() {
        task.send(one).unwrap();
    }
    drop(task);
    let outcomes: Vec<Result<Share, (usize, io::Error)>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..workers)
            .map(|number| {
                scope.spawn({
                    let work = &work;
                    move || work(number)
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let mut shares = Vec::new();
    let mut first: Option<(usize, io::Error)> = None;
    for outcome in outcomes {
        match outcome {
            Ok(share) => shares.push(share),
            Err(error) if first.as_ref().is_none_or(|first| error.0 < first.0) => {
                first = Some(error)
            }
            Err(_) => {}
        }
    }
    if let Some((_, error)) = first {
        return Err(error);
    }
    named(output, string_together(&draft, &shares).map_err(io_error))?;
    let (counts, groups) = merge(shares);
    publish(&draft, output, &groups)?;
    Ok(counts)
}
