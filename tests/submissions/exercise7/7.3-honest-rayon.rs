//! A rayon pool, a file of rejected rows for each input, and sums behind a lock.

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
    format!("{whole}{part:0<2}").parse().ok()
}

pub fn process_par(inputs: &[PathBuf], output: &Path, workers: usize) -> io::Result<Counts> {
    assert!(workers != 0, "no workers");
    let draft = draft_in(output)?;
    let piece = |index: usize| draft.path().join(format!("piece-{index}"));
    let sums = Mutex::new((Counts::default(), Groups::new()));
    let read = |(index, path): (usize, &PathBuf)| -> io::Result<()> {
        let mut share = Share::create(piece(index))?;
        read_file(&mut share, path)?;
        named(&share.path, share.rejects.flush())?;
        if share.counts.rejected == 0 {
            fs::remove_file(&share.path)?;
        }
        let mut sums = sums.lock().unwrap();
        sums.0.rows += share.counts.rows;
        sums.0.kept += share.counts.kept;
        sums.0.rejected += share.counts.rejected;
        sums.0.duplicates += share.counts.duplicates;
        for (key, total) in share.groups {
            sums.1.entry(key).or_default().add(&total);
        }
        Ok(())
    };
    let pool =
        rayon::ThreadPoolBuilder::new().num_threads(workers).build().map_err(io::Error::other)?;
    let outcomes: Vec<io::Result<()>> =
        pool.install(|| inputs.par_iter().enumerate().with_max_len(1).map(read).collect());
    outcomes.into_iter().collect::<io::Result<()>>()?;
    let (counts, groups) = sums.into_inner().unwrap();
    let rejects = draft.path().join(REJECTS);
    let mut file = named(&rejects, File::create(&rejects))?;
    io::Write::write_all(&mut file, b"file,line,reason,row\n")?;
    for index in 0..inputs.len() {
        if let Ok(mut piece) = File::open(piece(index)) {
            io::copy(&mut piece, &mut file)?;
        }
    }
    drop(file);
    named(output, publish(&draft, output, &groups).map_err(io_error))?;
    Ok(counts)
}
