//! Checks of question 2.3: what a text is made of.

use std::collections::BTreeSet;
use std::fmt::Display;

use exercise2::{mean_length, total_words, unique_words, with_most_words};
use harness::edges::{Spoken, sentence, word};
use harness::form::Form;
use harness::proptest::prelude::*;
use harness::{checks, expect_eq, fail, property};
use records::texts::SENTENCES;

checks! {
    "2.3/total" => all_words_are_counted,
    "2.3/most" => the_first_with_the_most_words,
    "2.3/unique" => a_word_is_there_once,
    "2.3/mean" => the_mean_is_exact,
    "2.3/form" => they_are_chains,
}

/// The sentences alone.
fn texts(spoken: &[Spoken]) -> Vec<&str> {
    spoken.iter().map(|(_, sentence)| sentence.as_str()).collect()
}

/// Up to seven sentences of up to eight words.
fn sentences() -> impl Strategy<Value = Vec<Spoken>> {
    prop::collection::vec(sentence(word(), 8), 0..8)
}

fn all_words_are_counted() {
    expect_eq("total_words(SENTENCES)", &total_words(&SENTENCES), &54);
    let cases: [(&[&str], usize, &str); 9] = [
        (&[], 0, "there is no sentence"),
        (&[""], 0, "an empty sentence has no words"),
        (&[" ?! "], 0, "signs alone are no word"),
        (&["one", "one two"], 3, "a word that comes again counts again"),
        (&["one  two\tthree\nfour"], 4, "any white space parts words"),
        (&["one\u{3000}two\u{a0}three"], 3, "white space beyond ASCII parts words, too"),
        (&["one - two"], 2, "a lonely dash is no word"),
        (&["don't stop"], 2, "`don't` is one word"),
        (&["real-time, in 2025"], 3, "`real-time` is one word, and a number is a word"),
    ];
    for (sentences, want, why) in cases {
        expect_eq(
            format_args!("total_words(&{sentences:?}): {why}"),
            &total_words(sentences),
            &want,
        );
    }
    property(200, sentences(), |spoken| {
        let sentences = texts(&spoken);
        let mut want = 0;
        for (words, _) in &spoken {
            want += words.len();
        }
        expect_eq(format_args!("total_words(&{sentences:?})"), &total_words(&sentences), &want);
    });
    let long = "word ".repeat(70_000);
    expect_eq(
        "total_words of 70 000 and 3 words",
        &total_words(&[&long, "one two three"]),
        &70_003,
    );
}

fn the_first_with_the_most_words() {
    expect_eq("with_most_words(SENTENCES)", &with_most_words(&SENTENCES), &Some(SENTENCES[6]));
    let cases: [(&[&str], Option<&str>, &str); 8] = [
        (&[], None, "there is no sentence"),
        (&["", "?"], Some(""), "both have 0 words, and the first of equals is asked for"),
        (&["One two.", "Three four.", "Five."], Some("One two."), "of two with 2 words the first"),
        (
            &["One.", "Two three.", "Four five."],
            Some("Two three."),
            "of two with 2 words the first",
        ),
        (&["Incomprehensibilities", "a b"], Some("a b"), "words are counted, not letters"),
        (&["a - b", "a b c"], Some("a b c"), "a lonely dash is no word"),
        (&["a b", "it's what's"], Some("a b"), "`it's` is one word"),
        (&["a b", "a\tb\nc"], Some("a\tb\nc"), "any white space parts words"),
    ];
    for (sentences, want, why) in cases {
        expect_eq(
            format_args!("with_most_words(&{sentences:?}): {why}"),
            &with_most_words(sentences),
            &want,
        );
    }
    property(200, sentences(), |spoken| {
        let sentences = texts(&spoken);
        let mut want: Option<&Spoken> = None;
        for next in spoken.iter().rev() {
            if want.is_none_or(|most| next.0.len() >= most.0.len()) {
                want = Some(next);
            }
        }
        expect_eq(
            format_args!("with_most_words(&{sentences:?})"),
            &with_most_words(&sentences),
            &want.map(|(_, sentence)| sentence.as_str()),
        );
    });
    // More words than a byte can count, and than 16 bits can.
    let sentences = [200, 260, 70_000, 69_000].map(|words| "word ".repeat(words));
    let sentences = sentences.each_ref().map(String::as_str);
    for (sentences, most) in [(&sentences[..2], 1), (&sentences[..], 2)] {
        expect_eq(
            format_args!(
                "the length of what with_most_words finds in {} sentences, of 200, 260, 70 000 \
                 and 69 000 words, as many as there are,",
                sentences.len()
            ),
            &with_most_words(sentences).map(str::len),
            &Some(sentences[most].len()),
        );
    }
}

fn expect_words(what: impl Display, got: &BTreeSet<String>, want: &[&str]) {
    let got: Vec<&str> = got.iter().map(String::as_str).collect();
    expect_eq(what, got.as_slice(), want);
}

fn a_word_is_there_once() {
    expect_eq("the number of unique_words(SENTENCES)", &unique_words(&SENTENCES).len(), &45);
    let cases: [(&[&str], &[&str], &str); 10] = [
        (&[], &[], "there is no sentence"),
        (&["", " - "], &[], "nothing is no word, nor is a dash"),
        (&["to be or", "not to be"], &["be", "not", "or", "to"], "a word is there once"),
        (&["Data", "DATA data"], &["data"], "capital letters do not make another word"),
        (&["data, (data) data!"], &["data"], "the signs do not belong to the word"),
        (&["ÉTÉ été"], &["été"], "letters beyond ASCII have small forms too"),
        (&["don't dont"], &["don't", "dont"], "signs inside of a word stay"),
        (&["one\ttwo\nthree"], &["one", "three", "two"], "any white space parts words"),
        (&["data database"], &["data", "database"], "a longer word is another word"),
        (&["İ, İ!"], &["i\u{307}"], "the signs go first, then letters become small"),
    ];
    for (sentences, want, why) in cases {
        expect_words(
            format_args!("unique_words(&{sentences:?}): {why}"),
            &unique_words(sentences),
            want,
        );
    }
    property(200, sentences(), |spoken| {
        let sentences = texts(&spoken);
        let mut want: Vec<String> = Vec::new();
        for word in spoken.iter().flat_map(|(words, _)| words) {
            want.push(word.to_lowercase());
        }
        want.sort();
        want.dedup();
        let want: Vec<&str> = want.iter().map(String::as_str).collect();
        expect_words(
            format_args!("unique_words(&{sentences:?})"),
            &unique_words(&sentences),
            &want,
        );
    });
}

/// Compares means; the last digits may depend on the order of the additions.
#[track_caller]
fn expect_mean(what: impl Display, got: Option<f64>, want: Option<f64>) {
    let same = match (got, want) {
        (Some(got), Some(want)) => (got - want).abs() < 1e-9,
        (got, want) => got == want,
    };
    if !same {
        fail(format!("{what}\n  expected {want:?}\n  got      {got:?}"));
    }
}

fn the_mean_is_exact() {
    let cases: [(&[&str], Option<f64>, &str); 8] = [
        (&[], None, "there is no sentence, and so no mean"),
        (&[""], Some(0.0), "one sentence without words"),
        (&["One.", "Two three."], Some(1.5), "a mean is not rounded"),
        (&["", "Two words."], Some(1.0), "an empty sentence counts as a sentence"),
        (&["one\ttwo\nthree"], Some(3.0), "any white space parts words"),
        (&["don't"], Some(1.0), "`don't` is one word"),
        (&["one - two", "three"], Some(1.5), "a lonely dash is no word"),
        (&["Incomprehensibilities"], Some(1.0), "words are counted, not letters"),
    ];
    for (sentences, want, why) in cases {
        expect_mean(
            format_args!("mean_length(&{sentences:?}): {why}"),
            mean_length(sentences),
            want,
        );
    }
    expect_mean("mean_length(SENTENCES)", mean_length(&SENTENCES), Some(6.75));
    property(200, sentences(), |spoken| {
        let sentences = texts(&spoken);
        let words: usize = spoken.iter().map(|(words, _)| words.len()).sum();
        let want = (!spoken.is_empty()).then(|| words as f64 / spoken.len() as f64);
        expect_mean(format_args!("mean_length(&{sentences:?})"), mean_length(&sentences), want);
    });
}

fn they_are_chains() {
    Form::of("src/q2_3_texts.rs")
        .function("total_words", &["map", "flat_map", "reduce", "fold"])
        .function("with_most_words", &["reduce", "fold", "max_by_key", "min_by_key", "max_by"])
        .function("unique_words", &["map", "flat_map"])
        .function("mean_length", &["map", "flat_map", "reduce", "fold"])
        .check();
}
