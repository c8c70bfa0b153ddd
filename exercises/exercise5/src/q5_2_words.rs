//! Question 5.2: several workers count words into one shared dictionary.

use std::collections::HashMap;
use std::io;
use std::path::Path;
use std::sync::Mutex;

/// How often each word occurs; the words stay where they are, in the text.
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

/// Counts words on one thread: what all others must come to.
///
/// Words that differ in anything are different words: `The` is not `the`. No
/// words, an empty dictionary. Memory: one entry for each different word.
///
/// # Examples
/// ```
/// use exercise5::count_words;
/// let counts = count_words("to be or not to be".split_whitespace());
/// assert_eq!((counts["to"], counts["or"], counts.len()), (2, 1, 4));
/// ```
///
/// # Graded
/// `5.2/equal`
pub fn count_words<'t>(words: impl Iterator<Item = &'t str>) -> Counts<'t> {
    let _ = words;
    // TODO: count every word.
    todo!("5.2: count the words on one thread")
}

/// Cuts `text` into at most `parts` parts, in order and with nothing lost,
/// without cutting a word in two.
///
/// A word is what stands between white space, as [`str::split_whitespace`] has
/// it. Each cut has white space beside it, on one side at least. The parts are
/// about equal: none is longer, in bytes, than `text.len() / parts` and the
/// longest word of the text together, and 8 more. Nothing is copied.
///
/// # Panics
/// When `parts` is 0.
///
/// # Examples
/// ```
/// use exercise5::split_at_words;
/// let parts = split_at_words("one two three four", 2);
/// assert_eq!(parts.concat(), "one two three four");
/// let words: Vec<_> = parts.iter().flat_map(|part| part.split_whitespace()).collect();
/// assert_eq!(words, ["one", "two", "three", "four"]);
/// ```
///
/// # Graded
/// `5.2/split`
pub fn split_at_words(text: &str, parts: usize) -> Vec<&str> {
    // TODO: cut near equal lengths, but where no word is cut.
    todo!("5.2: cut {} bytes into {parts} parts", text.len())
}

/// Counts the words of all `parts` into the dictionary `counts`, one worker
/// thread for each part, all at once; the caller's may be one of them.
///
/// Each word is added before its worker asks for the next one, under a lock
/// that is taken for this word alone: while a worker fetches a word it holds
/// no lock. What is in the dictionary before stays, and is added to.
///
/// # Panics
/// When one of `parts` does.
///
/// # Examples
/// ```
/// use exercise5::count_locked;
/// use std::sync::Mutex;
/// let counts = Mutex::default();
/// count_locked(vec!["a b".split_whitespace(), "b c".split_whitespace()], &counts);
/// assert_eq!(counts.into_inner().unwrap()["b"], 2);
/// ```
///
/// # Graded
/// `5.2/together`, `5.2/locks`, `5.2/schedule`
pub fn count_locked<'t, W>(parts: Vec<W>, counts: &Mutex<Counts<'t>>)
where
    W: Iterator<Item = &'t str> + Send,
{
    let _ = counts;
    // TODO: start a worker for each part, which locks the dictionary for each word.
    todo!("5.2: count {} parts, with a lock for each word", parts.len())
}

/// Counts the words of all `parts` into the dictionaries `shards`, one worker
/// thread for each part, all at once; the caller's may be one of them.
///
/// As [`count_locked`], but that each word belongs to one of the shards, the
/// same one for every worker and every call with as many shards, and only the
/// lock of that shard is taken for it. Different words are spread over all
/// shards.
///
/// # Panics
/// When `shards` is empty. When one of `parts` panics.
///
/// # Examples
/// ```
/// use exercise5::count_sharded;
/// use std::sync::Mutex;
/// let shards = [Mutex::default(), Mutex::default()];
/// count_sharded(vec!["a b".split_whitespace(), "b c".split_whitespace()], &shards);
/// let found = shards.map(|shard| shard.into_inner().unwrap());
/// assert_eq!(found.iter().filter_map(|counts| counts.get("b")).collect::<Vec<_>>(), [&2]);
/// ```
///
/// # Graded
/// `5.2/together`, `5.2/locks`, `5.2/schedule`
pub fn count_sharded<'t, W>(parts: Vec<W>, shards: &[Mutex<Counts<'t>>])
where
    W: Iterator<Item = &'t str> + Send,
{
    // TODO: start a worker for each part, which locks the word's own shard.
    todo!("5.2: count {} parts into {} shards", parts.len(), shards.len())
}

/// Counts the words of all `parts` into the dictionary `counts`, one worker
/// thread for each part, all at once; the caller's may be one of them.
///
/// Each worker counts its part into a dictionary of its own, without a lock,
/// and adds that to `counts` when its part is done, under one lock. What is in
/// `counts` before stays, and is added to. Memory: each worker's own
/// dictionary, so a word that is in every part is held as often.
///
/// # Panics
/// When one of `parts` does.
///
/// # Examples
/// ```
/// use exercise5::count_merged;
/// use std::sync::Mutex;
/// let counts = Mutex::default();
/// count_merged(vec!["a b".split_whitespace(), "b c".split_whitespace()], &counts);
/// assert_eq!(counts.into_inner().unwrap()["b"], 2);
/// ```
///
/// # Graded
/// `5.2/together`, `5.2/locks`, `5.2/schedule`
pub fn count_merged<'t, W>(parts: Vec<W>, counts: &Mutex<Counts<'t>>)
where
    W: Iterator<Item = &'t str> + Send,
{
    let _ = counts;
    // TODO: start a worker for each part, which locks the dictionary once, at its end.
    todo!("5.2: count {} parts, with a lock at the end of each", parts.len())
}

/// Counts the words of `text` with `workers` threads, in the given way.
///
/// The counts are those of [`count_words`] over the words of the text, for
/// every way and every number of workers.
///
/// # Panics
/// When `workers` is 0.
///
/// # Examples
/// ```
/// use exercise5::{Sharing, count_text};
/// let counts = count_text("to be or not to be", 2, Sharing::Shards);
/// assert_eq!((counts["to"], counts["or"], counts.len()), (2, 1, 4));
/// ```
///
/// # Graded
/// `5.2/equal`, `5.2/speed` (with [`Sharing::MergeAtEnd`])
pub fn count_text(text: &str, workers: usize, sharing: Sharing) -> Counts<'_> {
    // TODO: cut the text, count the parts, give the dictionary back.
    todo!("5.2: count {} bytes with {workers} workers, by {sharing:?}", text.len())
}

/// Counts the words of a file of UTF-8 text with `workers` threads.
///
/// Memory: the text of the file, once, and the words counted.
///
/// # Errors
/// When the file cannot be read; when it is not UTF-8, with the kind
/// [`io::ErrorKind::InvalidData`].
///
/// # Panics
/// When `workers` is 0.
///
/// # Examples
/// ```
/// use exercise5::count_file;
/// let missing = count_file("missing.txt".as_ref(), 2);
/// assert_eq!(missing.unwrap_err().kind(), std::io::ErrorKind::NotFound);
/// ```
///
/// # Graded
/// `5.2/file`
pub fn count_file(path: &Path, workers: usize) -> io::Result<HashMap<String, u64>> {
    // TODO: read the file and count its text in the way that is best.
    todo!("5.2: count {} with {workers} workers", path.display())
}

/// Lets `workers` threads count up one shared number, `rounds` times each, in
/// the way that loses updates, and returns what the number is in the end.
///
/// In each round a worker loads the number, calls `pause`, and stores one more
/// than it has loaded. So what others have stored in between is lost.
///
/// # Examples
/// ```
/// use exercise5::increment_apart;
/// // Nobody else is there to lose anything of.
/// assert_eq!(increment_apart(1, 1000, || {}), 1000);
/// ```
///
/// # Graded
/// `5.2/lost-updates`
pub fn increment_apart(workers: usize, rounds: u64, pause: impl Fn() + Sync) -> u64 {
    let _ = pause;
    // TODO: load, pause, store; in safe code, so with an atomic number.
    todo!("5.2: count up {rounds} times on each of {workers} threads, in two steps")
}

/// Lets `workers` threads count up one shared number, `rounds` times each, and
/// loses nothing: the result is `workers * rounds`.
///
/// In each round a worker calls `pause`, without holding a lock, and then adds
/// one.
///
/// # Examples
/// ```
/// use exercise5::increment_whole;
/// assert_eq!(increment_whole(4, 1000, || {}), 4000);
/// ```
///
/// # Graded
/// `5.2/lost-updates`, `5.2/schedule`
pub fn increment_whole(workers: usize, rounds: u64, pause: impl Fn() + Sync) -> u64 {
    let _ = pause;
    // TODO: the same in one step that nobody can get between.
    todo!("5.2: count up {rounds} times on each of {workers} threads, in one step")
}
