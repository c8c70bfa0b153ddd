//! Checks of question 1.4: sentences by their words.

use exercise1::{with_mean_word_length_above, with_more_words_than, with_word};
use harness::edges::{Spoken, cased_word, sentence, word};
use harness::form::Form;
use harness::proptest::prelude::*;
use harness::proptest::sample::Index;
use harness::{checks, expect_eq, property};
use records::texts::SENTENCES;

checks! {
    "1.4/long" => more_words_than_the_limit,
    "1.4/word" => the_word_and_not_a_part_of_a_word,
    "1.4/mean" => the_mean_is_exact,
    "1.4/form" => all_are_written_with_filter,
}

/// Compares `got` with the sentences for whose words `keep` says yes.
fn expect_kept(
    call: &str,
    spoken: &[Spoken],
    filter: impl Fn(&[&'static str]) -> Vec<&'static str>,
    keep: impl Fn(&[String]) -> bool,
) {
    // Borrowed for the whole check: it runs in a process of its own.
    let sentences: Vec<&'static str> =
        spoken.iter().map(|(_, sentence)| &*sentence.clone().leak()).collect();
    let want: Vec<&str> = spoken
        .iter()
        .zip(&sentences)
        .filter_map(|((words, _), &sentence)| keep(words).then_some(sentence))
        .collect();
    let call = call.replace('#', &format!("&{sentences:?}"));
    expect_eq(call, &filter(&sentences), &want);
}

fn more_words_than_the_limit() {
    let [data, _, pipeline, clusters, .., database, _] = SENTENCES;
    expect_eq(
        "with_more_words_than(SENTENCES, 6): a sentence of exactly 6 words stays out",
        &with_more_words_than(&SENTENCES, 6),
        &vec![data, pipeline, clusters, database],
    );
    for (sentence, limit, kept, why) in [
        ("", 0, false, "an empty sentence has no words"),
        ("One", 0, true, "one word is more than none"),
        ("one  two\tthree", 2, true, "any white space parts words"),
        ("one\u{3000}two\u{a0}three", 2, true, "white space beyond ASCII parts words, too"),
        ("one  two", 2, false, "two spaces do not make an empty word between them"),
        ("one - two", 2, false, "a lonely dash is no word"),
        ("don't stop", 2, false, "`don't` is one word"),
        ("2 cats", 1, true, "digits make a word"),
        ("two words", usize::MAX, false, "no sentence has more words than that"),
    ] {
        expect_eq(
            format_args!("with_more_words_than(&[{sentence:?}], {limit}): {why}"),
            &with_more_words_than(&[sentence], limit),
            &if kept { vec![sentence] } else { vec![] },
        );
    }
    let many = "word ".repeat(300);
    for (limit, kept) in [(299, vec![&*many]), (300, vec![])] {
        expect_eq(
            format_args!("with_more_words_than, of a sentence of 300 words and a limit of {limit}"),
            &with_more_words_than(&[&many], limit),
            &kept,
        );
    }
    let sentences = prop::collection::vec(sentence(word(), 11), 0..6);
    property(200, (sentences, 0..10_usize), |(spoken, limit)| {
        expect_kept(
            &format!("with_more_words_than(#, {limit})"),
            &spoken,
            |sentences| with_more_words_than(sentences, limit),
            |words| words.len() > limit,
        );
    });
}

fn the_word_and_not_a_part_of_a_word() {
    expect_eq(
        "with_word(SENTENCES, \"data\"): `database` is another word",
        &with_word(&SENTENCES, "data"),
        &vec![SENTENCES[0], SENTENCES[2]],
    );
    for (sentence, kept, why) in [
        ("The database is full.", false, "`database` is another word than `data`"),
        ("Metadata only.", false, "`Metadata` is another word than `data`"),
        ("BIG DATA", true, "capital letters are the same word"),
        ("Keep the data, lose the rest.", true, "the comma does not belong to the word"),
        ("\"Data\"", true, "the quotation marks do not belong to the word"),
        ("", false, "an empty sentence has no words"),
    ] {
        expect_eq(
            format_args!("with_word(&[{sentence:?}], \"data\"): {why}"),
            &with_word(&[sentence], "data"),
            &if kept { vec![sentence] } else { vec![] },
        );
    }
    for (sentence, word) in [("Un ÉTÉ chaud", "été"), ("un été chaud", "ÉTÉ")] {
        expect_eq(
            format_args!("with_word(&[{sentence:?}], {word:?}): capitals of every alphabet"),
            &with_word(&[sentence], word),
            &vec![sentence],
        );
    }
    expect_eq(
        "with_word(&[\"Big data\"], \"DATA\"): capital letters are the same word",
        &with_word(&["Big data"], "DATA"),
        &vec!["Big data"],
    );
    for (sentence, word, kept, why) in [
        ("Big data", "", false, "the empty text is no word"),
        ("", "", false, "nor is it one of an empty sentence"),
        ("Route 66.", "66", true, "digits make a word"),
        ("Off to İ!", "İ", true, "the sign goes first, then letters are compared"),
    ] {
        expect_eq(
            format_args!("with_word(&[{sentence:?}], {word:?}): {why}"),
            &with_word(&[sentence], word),
            &if kept { vec![sentence] } else { vec![] },
        );
    }
    let late = "much ".repeat(300) + "data";
    expect_eq(
        "with_word(.., \"data\"), which is the last one of 301 words",
        &with_word(&[&late], "data"),
        &vec![&*late],
    );
    property(200, sentences_and_a_word(), |(spoken, word)| {
        let small = word.to_lowercase();
        expect_kept(
            &format!("with_word(#, {word:?})"),
            &spoken,
            |sentences| with_word(sentences, &word),
            |words| words.iter().any(|word| word.to_lowercase() == small),
        );
    });
}

/// Sentences, and a word that is in one of them, in capitals or not.
fn sentences_and_a_word() -> impl Strategy<Value = (Vec<Spoken>, String)> {
    let which = (any::<Index>(), any::<bool>());
    (prop::collection::vec(sentence(cased_word(), 8), 0..5), which).prop_map(
        |(spoken, (place, in_capitals))| {
            let words: Vec<&String> = spoken.iter().flat_map(|(words, _)| words).collect();
            let word = if words.is_empty() { "data" } else { words[place.index(words.len())] };
            let word = if in_capitals { word.to_uppercase() } else { word.to_owned() };
            (spoken, word)
        },
    )
}

fn the_mean_is_exact() {
    let [data, _, _, clusters, _, functional, _, nothing] = SENTENCES;
    expect_eq(
        "with_mean_word_length_above(SENTENCES, 5)",
        &with_mean_word_length_above(&SENTENCES, 5),
        &vec![data, clusters, functional, nothing],
    );
    for (sentence, kept, why) in [
        ("", false, "an empty sentence has no mean"),
        (" ?! ", false, "a sentence without words has no mean"),
        ("Great lights.", true, "the mean is 5.5, which is above 5"),
        ("Their house.", false, "the mean is 5, and punctuation does not make words longer"),
        ("Their - houses", true, "the mean is 5.5, and the dash is no word"),
        ("Émile était", false, "the mean is 5 characters, whatever their bytes"),
    ] {
        expect_eq(
            format_args!("with_mean_word_length_above(&[{sentence:?}], 5): {why}"),
            &with_mean_word_length_above(&[sentence], 5),
            &if kept { vec![sentence] } else { vec![] },
        );
    }
    expect_eq(
        "with_mean_word_length_above(&[\"a b\", \"?\"], 0): one letter is more than none",
        &with_mean_word_length_above(&["a b", "?"], 0),
        &vec!["a b"],
    );
    for limit in [usize::MAX, usize::MAX / 2 + 1] {
        expect_eq(
            format_args!(
                "with_mean_word_length_above(&[\"two words\"], {limit}): no mean is above"
            ),
            &with_mean_word_length_above(&["two words"], limit),
            &vec![],
        );
    }
    let just_above = "light ".repeat(99) + "lights";
    expect_eq(
        "with_mean_word_length_above(.., 5) of 99 words of 5 letters and one of 6: the mean is 5.01",
        &with_mean_word_length_above(&[&just_above], 5),
        &vec![&*just_above],
    );
    let sentences = prop::collection::vec(sentence(word(), 11), 0..6);
    property(200, (sentences, 4..7_usize), |(spoken, limit)| {
        expect_kept(
            &format!("with_mean_word_length_above(#, {limit})"),
            &spoken,
            |sentences| with_mean_word_length_above(sentences, limit),
            |words| {
                let length: usize = words.iter().map(|word| word.chars().count()).sum();
                length > limit * words.len()
            },
        );
    });
}

fn all_are_written_with_filter() {
    Form::of("src/q1_4_sentences.rs")
        .function("with_more_words_than", &["filter"])
        .function("with_word", &["filter"])
        .function("with_mean_word_length_above", &["filter"])
        .check();
}
