//! Checks of question 5.2: counting words into a shared dictionary.

use std::collections::{BTreeMap, HashMap};
use std::io::ErrorKind;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use exercise5::{
    Counts, Sharing, count_file, count_locked, count_merged, count_sharded, count_text,
    count_words, split_at_words,
};
use harness::edges::{gap, word};
use harness::proptest::prelude::*;
use harness::{Rendezvous, Scratch, checks, expect, expect_eq, fail, heap, property, seed};
use records::texts;

use harness::crew::{assert_met, comes_true, in_time, unwrap};

// Modules of this question alone: they go with it when it is not built.
#[path = "increments.rs"]
mod increments;
#[path = "shards.rs"]
mod shards;

checks! {
    "5.2/split" => no_word_is_cut,
    "5.2/equal" => all_count_as_one_thread_does,
    "5.2/file" => a_file_is_counted_like_its_text,
    "5.2/together" => parts_are_counted_together,
    "5.2/locks" => no_lock_is_held_while_a_word_is_fetched,
    "5.2/lost-updates" => increments::two_steps_lose_what_one_keeps,
}

type Words = Box<dyn Iterator<Item = &'static str> + Send>;
type Shards = Vec<Mutex<Counts<'static>>>;

/// A way to count and the number of its shards.
type Way = (&'static str, usize, fn(Vec<Words>, &Shards));

/// The three ways to count into a dictionary that the test can see.
const WAYS: [Way; 3] = [
    ("count_locked", 1, |parts, shards| count_locked(parts, &shards[0])),
    ("count_sharded", 8, |parts, shards| count_sharded(parts, shards)),
    ("count_merged", 1, |parts, shards| count_merged(parts, &shards[0])),
];

/// Text in which a cut may fall into words, characters and white space that
/// is not ASCII.
const SMALL: &str = "  grün überall 東京\u{3000}大阪 grün\r\n a\u{a0}b 🦀🦀 überall a ";

/// Words that differ in a sign that is easily overlooked: a mark of the byte
/// order, an accent, a full stop.
const ALIKE: &str = "\u{feff}the cafe cafe\u{301} the end end.";

/// The counts as the course has them, in order.
fn oracle(text: &str) -> BTreeMap<&str, u64> {
    let mut counts = BTreeMap::new();
    for word in text.split_whitespace() {
        *counts.entry(word).or_default() += 1;
    }
    counts
}

fn sorted<'t>(counts: Counts<'t>) -> BTreeMap<&'t str, u64> {
    counts.into_iter().collect()
}

/// Words of several alphabets with white space of several kinds around.
fn any_text() -> impl Strategy<Value = String> {
    let word = prop_oneof!["[abAé字🦀.]{0,5}", word()];
    let pieces = prop::collection::vec((word, gap()), 0..40);
    pieces.prop_map(|pieces| pieces.into_iter().map(|(word, gap)| word + &gap).collect())
}

/// Different words, one for each pair of letters.
fn pairs() -> Vec<&'static str> {
    const LETTERS: &str = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz";
    (2..=4).flat_map(|length| (0..26).map(move |at| &LETTERS[at..at + length])).collect()
}

/// Asserts all that is promised of the parts of `text`.
#[track_caller]
fn expect_parts(text: &str, parts: usize) {
    let call = format!("split_at_words({text:?}, {parts})");
    let found = split_at_words(text, parts);
    expect(
        found.len() <= parts,
        format_args!("{call}: got {} parts, at most {parts} were asked for", found.len()),
    );
    expect_eq(format_args!("{call}: the parts together"), found.concat().as_str(), text);
    let mut end = 0;
    for part in &found {
        end += part.len();
        let (left, right) = text.split_at(end);
        let beside = [left.chars().next_back(), right.chars().next()];
        expect(
            beside.into_iter().any(|sign| sign.is_none_or(char::is_whitespace)),
            format_args!("{call}: the cut at byte {end} is inside a word; the parts are {found:?}"),
        );
    }
    let longest_word = text.split_whitespace().map(str::len).max().unwrap_or_default();
    let most = text.len() / parts + longest_word + 8;
    let longest = found.iter().map(|part| part.len()).max().unwrap_or_default();
    expect(
        longest <= most,
        format_args!(
            "{call}: the longest part has {longest} bytes. An equal share and the longest word \
             together, and 8 more, are {most}: whoever has that part keeps the others waiting."
        ),
    );
}

fn no_word_is_cut() {
    for (text, parts) in [("one two three four", 2), ("", 3), ("word", 4), ("   ", 2)] {
        expect_parts(text, parts);
    }
    (1..=SMALL.len() + 2).for_each(|parts| expect_parts(SMALL, parts));
    let long = "字".repeat(2000);
    expect_parts(&format!("{long} a {long} b {long}"), 7);
    property(300, (any_text(), 1..=12_usize), |(text, parts)| expect_parts(&text, parts));
    for text in ["one two", ""] {
        let call = format!("split_at_words({text:?}, 0)");
        let outcome = in_time(&call, move || split_at_words(text, 0).len());
        expect(
            outcome.is_err(),
            format_args!("{call} must panic: there is no way to cut into no parts."),
        );
    }
}

fn all_count_as_one_thread_does() {
    let equal = |text: &str, workers: usize| {
        let want = oracle(text);
        let told = if text.len() < 1000 { format!("{text:?}") } else { "a long text".to_owned() };
        for sharing in Sharing::ALL {
            let call = format!("count_text({told}, {workers}, Sharing::{sharing:?})");
            expect_eq(call, &sorted(count_text(text, workers, sharing)), &want);
        }
    };
    // More often than small numbers can tell.
    equal(&"na ".repeat(70_000), 3);
    for text in ["to be or not to be", SMALL, "", ALIKE] {
        let call = format!("count_words({text:?}.split_whitespace())");
        expect_eq(call, &sorted(count_words(text.split_whitespace())), &oracle(text));
    }
    (1..=SMALL.len() + 2).for_each(|workers| equal(SMALL, workers));
    equal(ALIKE, 2);
    property(100, (any_text(), 1..=6_usize), |(text, workers)| {
        let call = format!("count_words({text:?}.split_whitespace())");
        expect_eq(call, &sorted(count_words(text.split_whitespace())), &oracle(&text));
        equal(&text, workers);
    });
    let large = texts::repeated_words(seed(), 30_000).join(" ");
    for sharing in Sharing::ALL {
        let call = format!("count_text of 30 000 words with 4 workers, Sharing::{sharing:?}");
        expect_eq(call, &sorted(count_text(&large, 4, sharing)), &oracle(&large));
    }
    let long = "w".repeat(5000) + " end";
    let counts = sorted(count_text(&long, 2, Sharing::MergeAtEnd));
    expect_eq("count_text of a word of 5000 letters and another", &counts, &oracle(&long));
    // More of one word than 16 bits can count.
    let same = "word ".repeat(70_000);
    for sharing in Sharing::ALL {
        let call = format!("count_text of one word 70 000 times, 1 worker, Sharing::{sharing:?}");
        expect_eq(call, &sorted(count_text(&same, 1, sharing)), &oracle(&same));
    }
    for (sharing, text) in Sharing::ALL.into_iter().flat_map(|way| [(way, "a b"), (way, "")]) {
        let call = format!("count_text({text:?}, 0, Sharing::{sharing:?})");
        let outcome = in_time(&call, move || sorted(count_text(text, 0, sharing)));
        expect(
            outcome.is_err(),
            format_args!("{call} returned {outcome:?}: nobody can count, so it must panic."),
        );
    }
}

fn a_file_is_counted_like_its_text() {
    let large = texts::repeated_words(seed(), 3000).join("\n");
    for text in [SMALL, "", ALIKE, "The the THE \u{c9}t\u{e9} \u{e9}t\u{e9} the, the", &large] {
        let file = Scratch::holding(text);
        for workers in [1, 3] {
            let want: HashMap<String, u64> =
                oracle(text).into_iter().map(|(word, count)| (word.to_owned(), count)).collect();
            let call = format!("count_file(a file with {} bytes, {workers})", text.len());
            let got = count_file(file.path(), workers).map_err(|error| error.kind());
            expect_eq(call, &got, &Ok(want));
        }
    }
    let file = Scratch::holding(b"one two \xff\xfe three");
    let missing = file.folder().join("missing.txt");
    for (which, path, want) in [
        ("a missing file", missing.as_path(), ErrorKind::NotFound),
        ("a file that is not UTF-8", file.path(), ErrorKind::InvalidData),
    ] {
        let got = count_file(path, 2).map_err(|error| error.kind());
        expect_eq(format_args!("count_file({which}, 2)"), &got, &Err(want));
    }
    let sound = Scratch::holding("one two");
    let call = || count_file(sound.path(), 0).map(|counts| counts.len()).ok();
    let outcome = std::panic::catch_unwind(call).map_err(|_| ());
    expect(
        outcome.is_err(),
        format_args!(
            "count_file(a file, 0) returned {outcome:?}: nobody can count, so it must panic."
        ),
    );
    the_text_is_held_once();
}

fn the_text_is_held_once() {
    // A little below a power of two: a buffer that doubles comes out even.
    const LENGTH: usize = (4 << 20) - 4096;
    let file = Scratch::holding("one two three four ".repeat(LENGTH / 19));
    let call = format!("count_file of a file of {LENGTH} bytes with 2 workers");
    let (peak, counts) = heap::peak_of(|| count_file(file.path(), 2).map(|counts| counts.len()));
    expect_eq(&call, &counts.map_err(|error| error.kind()), &Ok(4));
    expect(
        peak < LENGTH / 2 * 3,
        format_args!(
            "{call} held {peak} bytes at its peak. The text is needed once: the words are slices of \
             it, and only the different ones are copied, at the end."
        ),
    );
}

/// A dictionary of so many shards, all empty.
fn shards(count: usize) -> Shards {
    std::iter::repeat_with(Mutex::default).take(count).collect()
}

/// What is in all shards together, with an error where a word is in two.
fn total(what: &str, shards: &Shards) -> BTreeMap<&'static str, u64> {
    let mut all = BTreeMap::new();
    for shard in shards {
        for (&word, &count) in shard.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            if all.insert(word, count).is_some() {
                fail(format!(
                    "{what}: the word {word:?} is in two shards. Its shard must follow from the word \
                     alone; the hash of a `RandomState` of one's own differs from worker to worker."
                ));
            }
        }
    }
    all
}

fn parts_are_counted_together() {
    const PARTS: usize = 40;
    let alone: Vec<&str> = pairs().into_iter().take(PARTS).collect();
    for (name, count, way) in WAYS {
        let rendezvous = Arc::new(Rendezvous::new(PARTS));
        let part = |word: &'static str| -> Words {
            let meeting = Arc::clone(&rendezvous);
            Box::new(std::iter::once_with(move || (meeting.meet(), word).1).chain(["all"]))
        };
        let parts = alone.iter().map(|&word| part(word)).collect();
        let what = format!("{name} of {PARTS} parts");
        let inner = what.clone();
        let counts = unwrap(in_time(&what, move || {
            let shards = shards(count);
            way(parts, &shards);
            total(&inner, &shards)
        }));
        assert_met(&what, &rendezvous);
        let want = alone.iter().map(|&word| (word, 1)).chain([("all", PARTS as u64)]).collect();
        expect_eq(format_args!("{what}: the counts"), &counts, &want);
    }
    for (name, count, way) in WAYS {
        let what = format!("{name} of 2 parts, of which the second panics,");
        let outcome = in_time(&what, move || {
            let broken = std::iter::once_with(|| panic!("the part is broken"));
            way(vec![Box::new(["a", "b"].into_iter()), Box::new(broken)], &shards(count));
        });
        expect(
            outcome.is_err(),
            format_args!("{what} returned: the panic was lost, and a part passes for the whole."),
        );
    }
}

/// What one worker's iterator saw each time when it was asked for a word:
/// nothing where a lock was held, else the words counted until then.
fn seen_while_fetching((_, count, way): Way) -> Vec<Option<u64>> {
    let shards = Arc::new(shards(count));
    let seen = Arc::new(Mutex::new(Vec::new()));
    let (look, record) = (Arc::clone(&shards), Arc::clone(&seen));
    let mut words = ["a", "b", "a"].into_iter();
    let part = std::iter::from_fn(move || {
        let counted = look
            .iter()
            .map(|shard| shard.try_lock().ok().map(|counts| counts.values().sum::<u64>()))
            .sum();
        record.lock().unwrap_or_else(PoisonError::into_inner).push(counted);
        words.next()
    });
    way(vec![Box::new(part)], &shards);
    std::mem::take(&mut *seen.lock().unwrap_or_else(PoisonError::into_inner))
}

fn no_lock_is_held_while_a_word_is_fetched() {
    for way in WAYS {
        let name = way.0;
        let what = format!("{name} of the words \"a\", \"b\", \"a\"");
        let seen = unwrap(in_time(&what, move || seen_while_fetching(way)));
        if let Some(at) = seen.iter().position(Option::is_none) {
            fail(format!(
                "{what}: a lock was held while word {} was fetched. Whoever holds it from word to word \
                 holds it for the whole part, and the workers count one after another.",
                at + 1
            ));
        }
        let counted: Vec<u64> = seen.into_iter().flatten().collect();
        let want = if name == "count_merged" { vec![0, 0, 0, 0] } else { vec![0, 1, 2, 3] };
        expect_eq(
            format_args!("{what}: the words in the dictionary each time that one was asked for"),
            &counted,
            &want,
        );
    }
    for (name, count, way) in WAYS {
        let shards = shards(count);
        for _ in 0..2 {
            way(vec![Box::new(["a", "b", "a"].into_iter()), Box::new(["b"].into_iter())], &shards);
        }
        let what = format!("{name}, called twice for the same dictionary");
        expect_eq(&what, &total(&what, &shards), &[("a", 4), ("b", 4)].into());
    }
    shards::each_word_has_a_shard();
    a_part_is_added_when_it_is_done();
}

/// The second part's words come when the dictionary has those of the first.
fn a_part_is_added_when_it_is_done() {
    let what = "count_merged of 2 parts, of which the second waits for the first one's words,";
    let (counts, seen) = (Arc::new(shards(1)), Arc::new(AtomicBool::new(false)));
    let (look, note) = (Arc::clone(&counts), Arc::clone(&seen));
    let late = std::iter::once_with(move || {
        let added =
            || look[0].try_lock().is_ok_and(|counts| counts.get("a").is_some_and(|&n| n == 2));
        note.store(comes_true(added), Ordering::SeqCst);
        "b"
    });
    let all = Arc::clone(&counts);
    unwrap(in_time(what, move || {
        let first: Words = Box::new(["a", "a"].into_iter());
        count_merged(vec![first, Box::new(late)], &all[0]);
    }));
    expect(
        seen.load(Ordering::SeqCst),
        format_args!(
            "{what} waited in vain: each worker adds its own counts as soon as its part is done, \
             and waits for no other."
        ),
    );
    expect_eq(
        format_args!("{what}: the counts"),
        &total(what, &counts),
        &[("a", 2), ("b", 1)].into(),
    );
}
