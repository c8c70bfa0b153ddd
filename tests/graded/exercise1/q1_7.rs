//! Checks of question 1.7: many values reduced to one.

use exercise1::{flatten, join, longest};
use harness::form::Form;
use harness::proptest::prelude::*;
use harness::{checks, expect_eq, property, seed};
use records::texts;

checks! {
    "1.7/longest" => the_first_of_the_longest,
    "1.7/flatten" => three_levels_become_one,
    "1.7/join" => separators_stand_between_neighbours,
    "1.7/form" => all_are_reductions,
}

fn borrowed(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}

/// The first of the longest, looked for backwards.
fn first_longest<'a>(texts: &[&'a str]) -> Option<&'a str> {
    let mut best: Option<(usize, &str)> = None;
    for &text in texts.iter().rev() {
        let length = text.chars().count();
        if best.is_none_or(|(longest, _)| length >= longest) {
            best = Some((length, text));
        }
    }
    best.map(|(_, text)| text)
}

fn the_first_of_the_longest() {
    let (short, long) = ("ab".repeat(100), "c".repeat(260));
    let cases: [(&[&str], Option<&str>, &str); 7] = [
        (&[], None, "there is no text"),
        (&[""], Some(""), "one text is the longest, even an empty one"),
        (&["ant", "wasp", "bear", "cat"], Some("wasp"), "of two equally long the first"),
        (&["été", "four"], Some("four"), "length is counted in characters, not in bytes"),
        (&["été", "ant"], Some("été"), "both have three characters"),
        (&["🦀🦀", "ant"], Some("ant"), "two characters outside of 16 bits are two"),
        (&[&short, &long], Some(&long), "more characters than a byte can number"),
    ];
    for (texts, want, why) in cases {
        expect_eq(format_args!("longest(&{texts:?}): {why}"), &longest(texts), &want);
    }
    let words = texts::repeated_words(seed(), 10_000);
    let words = borrowed(&words);
    expect_eq("longest(10000 random words)", &longest(&words), &first_longest(&words));
    property(300, prop::collection::vec("[a-cé🦀 \t]{0,4}", 0..12), |texts| {
        let texts = borrowed(&texts);
        expect_eq(format_args!("longest(&{texts:?})"), &longest(&texts), &first_longest(&texts));
    });
}

fn three_levels_become_one() {
    let nested: Vec<_> =
        (0..3).map(|n| vec![vec![4 * n + 1, 4 * n + 2], vec![4 * n + 3, 4 * n + 4]]).collect();
    let want: Vec<i64> = (1..=12).collect();
    expect_eq(format_args!("flatten(&{nested:?})"), &flatten(&nested), &want);
    let wide: Vec<Vec<Vec<i64>>> = (0..300).map(|n| vec![vec![n]]).collect();
    expect_eq("flatten of 300 lists", &flatten(&wide), &(0..300).collect());
    let number = prop::collection::vec(-99..99_i64, 0..4);
    let nested = prop::collection::vec(prop::collection::vec(number, 0..4), 0..4);
    property(300, nested, |nested| {
        let mut want = Vec::new();
        for inner in nested.iter().flatten() {
            want.extend(inner);
        }
        expect_eq(format_args!("flatten(&{nested:?})"), &flatten(&nested), &want);
    });
}

fn separators_stand_between_neighbours() {
    let cases: [(&[&str], &str, &str, &str); 6] = [
        (&["map", "filter", "reduce"], ", ", "map, filter, reduce", "none behind the last"),
        (&["map"], ", ", "map", "one text has no neighbour"),
        (&[], ", ", "", "there is no text"),
        (&["", "a"], "-", "-a", "an empty text has its separator"),
        (&["", "", ""], "-", "--", "three texts have two gaps"),
        (&["a", "b"], "", "ab", "the separator may be empty"),
    ];
    for (texts, separator, want, why) in cases {
        expect_eq(
            format_args!("join(&{texts:?}, {separator:?}): {why}"),
            join(texts, separator).as_str(),
            want,
        );
    }
    property(
        300,
        (prop::collection::vec("[a-cé, ]{0,3}", 0..8), "[, -]{0,2}"),
        |(texts, separator)| {
            let texts = borrowed(&texts);
            let mut want = String::new();
            for (at, text) in texts.iter().enumerate() {
                if at > 0 {
                    want.push_str(&separator);
                }
                want.push_str(text);
            }
            expect_eq(
                format_args!("join(&{texts:?}, {separator:?})"),
                &join(&texts, &separator),
                &want,
            );
        },
    );
}

fn all_are_reductions() {
    Form::of("src/q1_7_reduce.rs")
        .function("longest", &["reduce", "fold"])
        .function("flatten", &["fold", "reduce"])
        .function("join", &["reduce", "fold"])
        .check();
}
