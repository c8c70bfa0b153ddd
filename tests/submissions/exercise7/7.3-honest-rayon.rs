//! A rayon pool, a file of rejected rows for each input, and a locked sum for each thread.

use std::sync::Mutex;

use rayon::prelude::*;

pub fn parse_cents(price: &str) -> Option<u64> {
    let (whole, part) = match price.find('.') {
        None => (price, ""),
        Some(at) if at + 1 < price.len() => (&price[..at], &price[at + 1..]),
        Some(_) => return None,
    };
    let all_digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    if whole.is_empty()
        || whole.len() > 15
        || part.len() > 2
        || !all_digits(whole)
        || !all_digits(part)
    {
        return None;
    }
    let zeros = std::iter::repeat(b'0').take(2 - part.len());
    let digits = whole.bytes().chain(part.bytes()).chain(zeros);
    Some(digits.fold(0, |cents, digit| cents * 10 + u64::from(digit - b'0')))
}

pub fn process_par(inputs: &[PathBuf], output: &Path, workers: usize) -> io::Result<Counts> {
    assert!(workers != 0, "no workers");
    let draft = draft_in(output)?;
    let piece = |index: usize| draft.path().join(format!("piece-{index}"));
    let sums: Vec<_> =
        (0..workers).map(|_| Mutex::new((Counts::default(), Groups::new()))).collect();
    let read = |(index, path): (usize, &PathBuf)| -> io::Result<()> {
        let mut share = Share::create(piece(index))?;
        let mut sum = sums[rayon::current_thread_index().unwrap()].lock().unwrap();
        (share.counts, share.groups) = std::mem::take(&mut *sum);
        read_file(&mut share, path)?;
        named(&share.path, share.rejects.flush())?;
        *sum = (share.counts, share.groups);
        Ok(())
    };
    let pool =
        rayon::ThreadPoolBuilder::new().num_threads(workers).build().map_err(io::Error::other)?;
    let outcomes: Vec<io::Result<()>> =
        pool.install(|| inputs.par_iter().enumerate().with_max_len(1).map(read).collect());
    outcomes.into_iter().collect::<io::Result<()>>()?;
    let (mut counts, mut groups) = (Counts::default(), Groups::new());
    for sum in sums {
        let sum = sum.into_inner().unwrap();
        counts.rows += sum.0.rows;
        counts.kept += sum.0.kept;
        counts.rejected += sum.0.rejected;
        counts.duplicates += sum.0.duplicates;
        for (key, total) in sum.1 {
            groups.entry(key).or_default().add(&total);
        }
    }
    let rejects = draft.path().join(REJECTS);
    let mut file = named(&rejects, File::create(&rejects))?;
    io::Write::write_all(&mut file, b"file,line,reason,row\n")?;
    for index in 0..inputs.len() {
        io::copy(&mut File::open(piece(index))?, &mut file)?;
    }
    drop(file);
    publish(&draft, output, &groups)?;
    Ok(counts)
}
