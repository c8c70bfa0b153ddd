//! Walks to the cuts from the left, lets the caller merge what the workers
//! return, and repairs the counter with a lock.

pub fn split_at_words(text: &str, parts: usize) -> Vec<&str> {
    assert!(parts > 0, "a text cannot be cut into no parts");
    let mut found = Vec::new();
    let mut begin = 0;
    for part in 1..=parts {
        let mut end = (text.len() * part / parts).max(begin);
        while !text.is_char_boundary(end) {
            end += 1;
        }
        while let Some(sign) = text[end..].chars().next().filter(|sign| !sign.is_whitespace()) {
            end += sign.len_utf8();
        }
        found.push(&text[begin..end]);
        begin = end;
    }
    found
}

pub fn count_merged<'t, W>(parts: Vec<W>, counts: &Mutex<Counts<'t>>)
where
    W: Iterator<Item = &'t str> + Send,
{
    std::thread::scope(|scope| {
        let workers: Vec<_> =
            parts.into_iter().map(|words| scope.spawn(move || count_words(words))).collect();
        for worker in workers {
            let own = worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            let mut counts = lock(counts);
            own.into_iter().for_each(|(word, count)| *counts.entry(word).or_default() += count);
        }
    });
}

pub fn increment_whole(workers: usize, rounds: u64, pause: impl Fn() + Sync) -> u64 {
    let number = Mutex::new(0);
    on_each(vec![(); workers], |()| {
        for _ in 0..rounds {
            pause();
            *number.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        }
    });
    number.into_inner().unwrap_or_else(PoisonError::into_inner)
}
