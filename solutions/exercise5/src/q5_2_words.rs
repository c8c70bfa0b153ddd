//! Question 5.2: several workers count words into one shared dictionary.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How often each word occurs; the words stay where they are, in the text.
///
/// Borrowed words cost no allocation, which an owned `String` for every word
/// of the text would, even if it is only to look up one that is there.
pub type Counts<'t> = HashMap<&'t str, u64>;

/// How workers share the dictionary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sharing {
    /// One lock around everything, taken anew for every word.
    LockPerWord,
    /// Several dictionaries, each with a lock of its own; a word belongs to
    /// one of them.
    Shards,
    /// Each worker counts for itself and takes the lock once, at the end.
    MergeAtEnd,
}

impl Sharing {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::LockPerWord, Self::Shards, Self::MergeAtEnd];
}

/// Shards for each worker, so many that two workers seldom want the same lock:
/// with 2 workers on 2 cores a million words take 78 ms with 4 for each worker
/// and 60 ms with 64.
const SHARDS_PER_WORKER: usize = 64;

/// Counts words on one thread.
pub fn count_words<'t>(words: impl Iterator<Item = &'t str>) -> Counts<'t> {
    let mut counts = Counts::new();
    for word in words {
        *counts.entry(word).or_default() += 1;
    }
    counts
}

/// Cuts `text` into at most `parts` parts, each a little longer than an equal
/// share: up to the white space behind the word that an equal cut would hit.
///
/// A slice of the text is all that a part needs, so cutting costs a few steps
/// for each part and nothing for each word.
pub fn split_at_words(text: &str, parts: usize) -> Vec<&str> {
    assert!(parts > 0, "a text cannot be cut into no parts");
    let share = text.len().div_ceil(parts);
    let mut rest = text;
    std::iter::from_fn(|| {
        // An equal cut may also hit the middle of a character.
        let cut = rest.ceil_char_boundary(share);
        let end = rest[cut..].find(char::is_whitespace).map_or(rest.len(), |gap| cut + gap);
        let (part, later) = rest.split_at(end);
        rest = later;
        (!part.is_empty()).then_some(part)
    })
    .collect()
}

/// Counts with one lock, taken for every word.
///
/// Shortest, and always right, but the workers stand in line: most of the time
/// goes into the lock, and more workers make it worse.
pub fn count_locked<'t, W>(parts: Vec<W>, counts: &Mutex<Counts<'t>>)
where
    W: Iterator<Item = &'t str> + Send,
{
    on_each(parts, |words| {
        for word in words {
            // The guard lives to the end of this statement.
            *lock(counts).entry(word).or_default() += 1;
        }
    });
}

/// Counts with a lock for each shard, taken for every word.
///
/// Workers meet only where they want the same shard. Each word is hashed twice
/// and locked once all the same; right where results must be visible at once,
/// or where the dictionary is too large to be held by every worker.
pub fn count_sharded<'t, W>(parts: Vec<W>, shards: &[Mutex<Counts<'t>>])
where
    W: Iterator<Item = &'t str> + Send,
{
    assert!(!shards.is_empty(), "a word must belong to a shard");
    on_each(parts, |words| {
        for word in words {
            *lock(&shards[shard_of(word, shards.len())]).entry(word).or_default() += 1;
        }
    });
}

/// Counts each part into a dictionary of its own and adds it at the end.
///
/// One lock for each part instead of one for each word, so workers do not
/// disturb each other. In exchange every worker holds a dictionary, and the
/// shared one knows nothing before the end.
pub fn count_merged<'t, W>(parts: Vec<W>, counts: &Mutex<Counts<'t>>)
where
    W: Iterator<Item = &'t str> + Send,
{
    on_each(parts, |words| {
        let own = count_words(words);
        let mut counts = lock(counts);
        for (word, count) in own {
            *counts.entry(word).or_default() += count;
        }
    });
}

/// Counts the words of `text` with `workers` threads, in the given way.
pub fn count_text(text: &str, workers: usize, sharing: Sharing) -> Counts<'_> {
    let parts: Vec<_> =
        split_at_words(text, workers).into_iter().map(str::split_whitespace).collect();
    match sharing {
        Sharing::LockPerWord => with_one_lock(|counts| count_locked(parts, counts)),
        Sharing::MergeAtEnd => with_one_lock(|counts| count_merged(parts, counts)),
        Sharing::Shards => {
            let shards: Vec<Mutex<Counts<'_>>> =
                std::iter::repeat_with(Mutex::default).take(SHARDS_PER_WORKER * workers).collect();
            count_sharded(parts, &shards);
            // No word is in two shards, so there is nothing to add up.
            shards.into_iter().flat_map(into_counts).collect()
        }
    }
}

/// Counts the words of a file of UTF-8 text with `workers` threads.
///
/// The file is read at once: workers that read parts of their own would save
/// little, as a disk or the system's cache serves one after another, and would
/// have to look for their cuts in the file.
pub fn count_file(path: &Path, workers: usize) -> io::Result<HashMap<String, u64>> {
    let text = std::fs::read_to_string(path)?;
    let counts = count_text(&text, workers, Sharing::MergeAtEnd);
    Ok(counts.into_iter().map(|(word, count)| (word.to_owned(), count)).collect())
}

/// Counts up in two steps, between which others can get.
///
/// No data race, as the number is atomic, and yet a race: each step is whole,
/// the two together are not.
pub fn increment_apart(workers: usize, rounds: u64, pause: impl Fn() + Sync) -> u64 {
    let number = AtomicU64::new(0);
    on_each(vec![(); workers], |()| {
        for _ in 0..rounds {
            // Relaxed: nothing but the number itself is shared, and no ordering
            // could bring the two steps together.
            let seen = number.load(Ordering::Relaxed);
            pause();
            number.store(seen + 1, Ordering::Relaxed);
        }
    });
    number.into_inner()
}

/// Counts up in one step.
///
/// `fetch_add` is one instruction of the processor. A `Mutex<u64>` would do
/// too, and would have to where more than one number changes together.
pub fn increment_whole(workers: usize, rounds: u64, pause: impl Fn() + Sync) -> u64 {
    let number = AtomicU64::new(0);
    on_each(vec![(); workers], |()| {
        for _ in 0..rounds {
            pause();
            // Relaxed: the total is read after the threads have been joined.
            number.fetch_add(1, Ordering::Relaxed);
        }
    });
    number.into_inner()
}

/// Runs `work` on each part, a thread for each, and waits for all.
fn on_each<P: Send>(parts: Vec<P>, work: impl Fn(P) + Sync) {
    let work = &work;
    std::thread::scope(|scope| {
        for part in parts {
            scope.spawn(move || work(part));
        }
    });
}

/// Fills a dictionary behind one lock and takes it out.
fn with_one_lock<'t>(fill: impl FnOnce(&Mutex<Counts<'t>>)) -> Counts<'t> {
    let counts = Mutex::default();
    fill(&counts);
    into_counts(counts)
}

/// Locks a dictionary. A worker that panicked leaves only whole words behind.
fn lock<'a, 't>(counts: &'a Mutex<Counts<'t>>) -> MutexGuard<'a, Counts<'t>> {
    counts.lock().unwrap_or_else(PoisonError::into_inner)
}

fn into_counts(counts: Mutex<Counts<'_>>) -> Counts<'_> {
    counts.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// The shard of a word. Always the same hash: the random keys of a
/// `RandomState` would give each worker another shard for the same word.
fn shard_of(word: &str, shards: usize) -> usize {
    let mut hasher = DefaultHasher::new();
    word.hash(&mut hasher);
    (hasher.finish() % shards as u64) as usize
}
