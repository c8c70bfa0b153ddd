//! A crossbeam scope, a hash of its own for the shards, numbers behind locks.

pub fn count_words<'t>(words: impl Iterator<Item = &'t str>) -> Counts<'t> {
    words.fold(HashMap::new(), |mut counts, word| {
        match counts.get_mut(word) {
            Some(count) => *count += 1,
            None => {
                counts.insert(word, 1);
            }
        }
        counts
    })
}

pub fn split_at_words(text: &str, parts: usize) -> Vec<&str> {
    if parts == 0 {
        panic!("no parts");
    }
    let mut pieces = Vec::new();
    let mut begin = 0;
    for part in 1..parts {
        let wanted = text.ceil_char_boundary((text.len() * part / parts).max(begin));
        let gap = text[wanted..].char_indices().find(|(_, c)| c.is_whitespace());
        let cut = gap.map_or(text.len(), |(gap, _)| wanted + gap);
        if cut > begin {
            pieces.push(&text[begin..cut]);
            begin = cut;
        }
    }
    if begin < text.len() {
        pieces.push(&text[begin..]);
    }
    pieces
}

fn on_each<P: Send>(parts: Vec<P>, work: impl Fn(P) + Sync) {
    crossbeam::scope(|scope| {
        let threads: Vec<_> = parts.into_iter().map(|part| scope.spawn(|_| work(part))).collect();
        threads.into_iter().for_each(|thread| thread.join().unwrap());
    })
    .unwrap();
}

fn shard_of(word: &str, shards: usize) -> usize {
    let hash = word
        .bytes()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    hash as usize % shards
}

pub fn increment_apart(workers: usize, rounds: u64, pause: impl Fn() + Sync) -> u64 {
    let number = Mutex::new(0);
    on_each((0..workers).collect(), |_| {
        for _ in 0..rounds {
            let seen = *number.lock().unwrap();
            pause();
            *number.lock().unwrap() = seen + 1;
        }
    });
    number.into_inner().unwrap()
}

pub fn increment_whole(workers: usize, rounds: u64, pause: impl Fn() + Sync) -> u64 {
    let number = AtomicU64::new(0);
    on_each((0..workers).collect(), |_| {
        for _ in 0..rounds {
            pause();
            let mut seen = number.load(Ordering::SeqCst);
            while let Err(other) =
                number.compare_exchange(seen, seen + 1, Ordering::SeqCst, Ordering::SeqCst)
            {
                seen = other;
            }
        }
    });
    number.load(Ordering::SeqCst)
}
