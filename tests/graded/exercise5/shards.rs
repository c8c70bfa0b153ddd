//! To which shard a word of question 5.2 belongs.

use std::sync::{Arc, Mutex, PoisonError};

use exercise5::{Counts, count_sharded};
use harness::crew::{in_time, unwrap};
use harness::{expect, expect_eq};

use super::{pairs, shards, total};

/// Different words that are alike in what a shard must not be chosen by.
fn families() -> [(&'static str, Vec<&'static str>); 4] {
    const LETTERS: &str = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz";
    [
        ("that begin with one letter", (1..=26).map(|length| &LETTERS[..length]).collect()),
        ("that end with one letter", (0..26).map(|at| &LETTERS[at..26]).collect()),
        ("of one length", (0..26).map(|at| &LETTERS[at..at + 3]).collect()),
        (
            "that begin with many letters alike",
            // Borrowed for the whole check: it runs in a process of its own.
            (0..26).map(|at| &*format!("chapter-and-verse-{at}").leak()).collect(),
        ),
    ]
}

/// How many shards have a word.
fn in_use(shards: &[Mutex<Counts<'_>>]) -> usize {
    shards.iter().filter(|shard| shard.lock().is_ok_and(|counts| !counts.is_empty())).count()
}

/// More shards than a byte can number.
fn many_shards_are_used_as_well() {
    const SHARDS: usize = 1000;
    let words: Vec<String> = (0..10 * SHARDS).map(|number| format!("w{number}")).collect();
    let shards: Vec<Mutex<Counts<'_>>> =
        std::iter::repeat_with(Mutex::default).take(SHARDS).collect();
    count_sharded(vec![words.iter().map(String::as_str)], &shards);
    let used = in_use(&shards);
    expect(
        used > SHARDS / 2,
        format_args!(
            "count_sharded of {} words, with {SHARDS} shards: they are in {used} of them. Spread them \
             over all shards, however many there are.",
            words.len()
        ),
    );
}

pub fn each_word_has_a_shard() {
    const SHARDS: usize = 8;
    let words = pairs();
    let shards = Arc::new(shards(SHARDS));
    let parts: Vec<_> = (0..4).map(|_| words.clone().into_iter()).collect();
    count_sharded(parts, &shards);
    let what =
        format!("count_sharded of {} words in each of 4 parts, with {SHARDS} shards", words.len());
    let want = words.iter().map(|&word| (word, 4)).collect();
    expect_eq(format_args!("{what}: the counts"), &total(&what, &shards), &want);
    let sizes: Vec<usize> = shards
        .iter()
        .map(|shard| shard.lock().unwrap_or_else(PoisonError::into_inner).len())
        .collect();
    let used = sizes.iter().filter(|&&size| size > 0).count();
    expect(
        used > SHARDS / 2,
        format_args!(
            "{what}: they are in {used} shards, with {sizes:?} words. Spread them over all shards, or \
             the workers meet at the same few locks."
        ),
    );
    for (alike, words) in families() {
        let what = format!("count_sharded of 26 words {alike}, with {SHARDS} shards");
        let shards = super::shards(SHARDS);
        count_sharded(vec![words.into_iter()], &shards);
        let used = in_use(&shards);
        expect(
            used > SHARDS / 2,
            format_args!(
                "{what}: all are in {used} of them. The whole word must have a say in where it \
                 belongs, as it has in its hash."
            ),
        );
    }
    many_shards_are_used_as_well();
    for words in [vec![], vec!["a"]] {
        let what = format!("count_sharded of the part {words:?} and no shards");
        let outcome = in_time(&what, move || count_sharded(vec![words.into_iter()], &[]));
        expect(
            outcome.is_err(),
            format_args!("{what} returned: a word would belong nowhere, so it must panic."),
        );
    }
    // A shard that somebody holds keeps no word of another shard waiting.
    let busy = shards[0].lock().unwrap_or_else(PoisonError::into_inner);
    let others: Vec<_> = words.into_iter().filter(|word| !busy.contains_key(word)).collect();
    let (first, shared) = (others[0], Arc::clone(&shards));
    let what =
        "count_sharded of words of the other shards, while somebody holds the lock of shard 0,";
    unwrap(in_time(what, move || count_sharded(vec![others.into_iter()], &shared)));
    drop(busy);
    expect_eq(
        format_args!("{what}: the count of {first:?}"),
        &total(what, &shards).get(first).copied(),
        &Some(5),
    );
}
