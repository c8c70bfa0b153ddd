//! Checks of question 1.6: texts in one normal form.

use exercise1::{normalize, normalize_all};
use harness::form::Form;
use harness::proptest::prelude::*;
use harness::{checks, expect_eq, property, seed};
use records::texts;

checks! {
    "1.6/examples" => capitals_signs_and_outer_spaces_go,
    "1.6/unicode" => letters_of_every_language_become_small,
    "1.6/all" => every_text_is_normal_and_in_order,
    "1.6/form" => the_list_is_mapped,
}

/// The 32 punctuation signs of ASCII.
const SIGNS: &str = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

fn capitals_signs_and_outer_spaces_go() {
    for (text, want, why) in [
        ("Hello Science?", "hello science", "capital letters and a sign"),
        ("  HELLO;  ", "hello", "white space at both ends"),
        ("\tData\r\n", "data", "tabs and ends of lines are white space"),
        ("a  b", "a  b", "inside, every space stays"),
        ("a - b", "a  b", "the sign goes, both its spaces stay"),
        ("it's e.g. fine", "its eg fine", "signs go inside of words too"),
        ("Hello !", "hello", "the space before the sign is at the end once the sign is gone"),
        ("( 42 )", "42", "the spaces are at the ends once the signs are gone"),
        (SIGNS, "", "nothing is left"),
        ("", "", "the empty text"),
    ] {
        expect_eq(format_args!("normalize({text:?}): {why}"), normalize(text).as_str(), want);
    }
}

fn letters_of_every_language_become_small() {
    let words = [
        ("ÉCOLE", "école"),
        ("Straße", "straße"),
        ("ΑΒΓ", "αβγ"),
        ("ПРИВЕТ", "привет"),
        ("日本", "日本"),
        ("«Ñu»", "«ñu»"),
        ("Õ—Ã", "õ—ã"),
        ("L’Œuvre", "l’œuvre"),
        ("“Ö” ‘Ä’", "“ö” ‘ä’"),
    ];
    for (text, want) in words {
        expect_eq(format_args!("normalize({text:?})"), normalize(text).as_str(), want);
    }
    let word = (prop::sample::select(words.to_vec()), "[!-/:-@]{0,3}");
    property(200, prop::collection::vec(word, 0..6), |words| {
        let text = words.iter().map(|((word, _), signs)| format!(" {signs}{word}{signs}"));
        let text = text.collect::<String>();
        let want: Vec<&str> = words.iter().map(|((_, want), _)| *want).collect();
        expect_eq(
            format_args!("normalize({text:?})"),
            normalize(&text).as_str(),
            want.join(" ").as_str(),
        );
    });
    for (text, want) in
        [("\u{a0}Été\u{3000}", "été"), ("!\u{2003}a\u{2003}b\u{2003}!", "a\u{2003}b")]
    {
        expect_eq(
            format_args!("normalize({text:?}), with white space beyond ASCII"),
            normalize(text).as_str(),
            want,
        );
    }
}

/// The normal form of an ASCII text, byte by byte.
fn normal_ascii(text: &str) -> String {
    let mut normal = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' => normal.push(char::from(byte + (b'a' - b'A'))),
            _ if SIGNS.as_bytes().contains(&byte) => {}
            _ => normal.push(char::from(byte)),
        }
    }
    normal.trim_matches(|c: char| c.is_ascii_whitespace()).to_owned()
}

fn every_text_is_normal_and_in_order() {
    let messy = texts::messy(seed(), 50_000);
    let messy: Vec<&str> = messy.iter().map(String::as_str).collect();
    let want: Vec<String> = messy.iter().map(|text| normal_ascii(text)).collect();
    expect_eq("normalize_all(50000 messy texts)", &normalize_all(&messy), &want);
    // Pieces, so that double spaces and spaces beside signs are frequent.
    let piece = prop::sample::select(vec!["a", "Bc", "7", " ", "  ", "\t", "\n", "!", "-", "_"]);
    let text = prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat());
    property(300, prop::collection::vec(text, 0..8), |texts| {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let once = normalize_all(&texts);
        let want: Vec<String> = texts.iter().map(|text| normal_ascii(text)).collect();
        expect_eq(format_args!("normalize_all(&{texts:?})"), &once, &want);
        let once: Vec<&str> = once.iter().map(String::as_str).collect();
        expect_eq(
            format_args!("normalize_all(&{once:?}): these are normal already"),
            &normalize_all(&once),
            &want,
        );
    });
}

fn the_list_is_mapped() {
    Form::of("src/q1_6_normalize.rs")
        .function("normalize_all", &["map"])
        .except("normalize")
        .check();
}
