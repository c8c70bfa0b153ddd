//! Checks of question 2.2: a pipeline of functions.

use std::sync::Arc;

use exercise2::{Step, clean_text, pipeline};
use harness::edges::{sentence, word};
use harness::form::Form;
use harness::{Rendezvous, checks, expect, expect_eq, property, seed};
use records::texts;

use super::together::{THREADS, moved, together};

checks! {
    "2.2/order" => every_step_runs_once_and_in_order,
    "2.2/laws" => empty_pipelines_and_groups_make_no_difference,
    "2.2/threads" => pipelines_go_to_other_threads,
    "2.2/clean" => capitals_signs_and_blanks_go,
    "2.2/stable" => a_clean_text_stays_as_it_is,
    "2.2/form" => the_text_goes_through_a_pipeline,
}

/// A step that writes its letter at the end of a text.
fn write(letter: char) -> Step<String> {
    Box::new(move |text| format!("{text}{letter}"))
}

/// An empty text that the optimiser cannot take for a constant.
///
/// Some compilers, 1.95 among them, let two closures that are called with the
/// same constant share it, and both free it (rust-lang/rust#155241).
fn empty() -> String {
    std::hint::black_box(String::new())
}

/// A pipeline in which each letter of `letters` is a step.
fn writing(letters: &str) -> impl Fn(String) -> String + Send + Sync + 'static {
    pipeline(letters.chars().map(write).collect())
}

fn every_step_runs_once_and_in_order() {
    let add: fn() -> Step<i64> = || Box::new(|n| n + 1);
    let double: fn() -> Step<i64> = || Box::new(|n| n * 2);
    let got = pipeline(vec![add(), double()])(5);
    expect(
        got != 11,
        "pipeline([add 1, double])(5)\n  expected 12: the first step of the list runs first, and 6 \
         doubled is 12\n  got      11: the steps run backwards",
    );
    expect_eq("pipeline([add 1, double])(5)", &got, &12);
    expect_eq("pipeline([double, add 1])(5)", &pipeline(vec![double(), add()])(5), &11);
    expect_eq("pipeline([double])(5)", &pipeline(vec![double()])(5), &10);
    let long: Vec<Step<i64>> = (0..1000).map(|_| add()).collect();
    expect_eq("pipeline(1000 times add 1)(5)", &pipeline(long)(5), &1005);
    property(200, "[a-e]{1,8}", |letters| {
        let write_all = writing(&letters);
        for (call, begin) in [("first", ""), ("second", "x")] {
            expect_eq(
                format_args!(
                    "pipeline of a step for each of {letters:?} that writes this letter, \
                     {call} call, with {begin:?}"
                ),
                &write_all(begin.to_owned()),
                &format!("{begin}{letters}"),
            );
        }
    });
}

fn empty_pipelines_and_groups_make_no_difference() {
    let nothing = pipeline::<String>(vec![]);
    for text in ["", "data"] {
        expect_eq(
            format_args!("pipeline(no steps)({text:?}): the value comes back as it is"),
            &nothing(text.to_owned()),
            &text.to_owned(),
        );
    }
    /// A value that can be neither copied nor cloned.
    #[derive(Debug, PartialEq)]
    struct Unique(i64);
    expect_eq("pipeline(no steps)(a value)", &pipeline(vec![])(Unique(7)), &Unique(7));

    let parts = ("[a-c]{0,3}", "[d-f]{0,3}", "[g-i]{0,3}");
    property(200, parts, |(first, second, third)| {
        let flat = writing(&format!("{first}{second}{third}"))(empty());
        let left: Step<String> =
            Box::new(pipeline(vec![Box::new(writing(&first)), Box::new(writing(&second))]));
        let left = pipeline(vec![left, Box::new(writing(&third))]);
        let right: Step<String> =
            Box::new(pipeline(vec![Box::new(writing(&second)), Box::new(writing(&third))]));
        let right = pipeline(vec![Box::new(writing(&first)), right]);
        let names = format!("with a = {first:?}, b = {second:?}, c = {third:?}");
        expect_eq(
            format_args!("pipeline([pipeline([a, b]), c]) against pipeline([a, b, c]), {names}"),
            &left(empty()),
            &flat,
        );
        expect_eq(
            format_args!("pipeline([a, pipeline([b, c])]) against pipeline([a, b, c]), {names}"),
            &right(empty()),
            &flat,
        );
    });
}

fn pipelines_go_to_other_threads() {
    let write_all = writing("abc");
    expect_eq(
        "pipeline of steps that write a, b and c, moved to another thread",
        &moved(move || write_all(empty())),
        &"abc".to_owned(),
    );
    let meeting = Arc::new(Rendezvous::new(THREADS));
    let wait = Arc::clone(&meeting);
    let meet: Step<String> = Box::new(move |text| {
        wait.meet();
        text
    });
    let write_all = pipeline(vec![write('a'), meet, write('b')]);
    let got = together("a pipeline", &meeting, || write_all(empty()));
    expect_eq(
        "a pipeline that writes a and b, on four threads",
        &got,
        &vec!["ab".to_owned(); THREADS],
    );
}

fn capitals_signs_and_blanks_go() {
    for (text, want, why) in [
        ("  Big data ", "big data", "white space at both ends"),
        ("Big  DATA", "big data", "two blanks become one"),
        ("a     b   c", "a b c", "five blanks become one too"),
        ("tab\tand\r\nline", "tab and line", "tabs and ends of lines are white space"),
        ("a\u{3000}b\u{a0}c\u{2003}", "a b c", "white space beyond ASCII is white space, too"),
        ("100 % true!", "100 true", "the blanks around a sign become one once it is gone"),
        ("Hello !", "hello", "the blank before the sign is at the end once the sign is gone"),
        ("( 42 )", "42", "the blanks are at the ends once the signs are gone"),
        ("e-mail: a@b.ch", "email abch", "a sign inside of a word goes without a trace"),
        ("snake_case", "snakecase", "the underscore is a sign too"),
        ("it’s “fine”", "its fine", "signs beyond ASCII are signs"),
        ("Qué ÉTÉ", "qué été", "letters beyond ASCII are letters, and become small too"),
        ("٣ of ½", "٣ of ½", "digits beyond ASCII are digits, too"),
        ("İzmir", "izmir", "the small form of İ is an i with a dot above it, which is a sign"),
        (" ?! ", "", "nothing is left"),
        ("", "", "the empty text"),
    ] {
        expect_eq(format_args!("clean_text({text:?}): {why}"), clean_text(text).as_str(), want);
    }
}

/// What is left of an ASCII text, byte by byte.
fn clean_ascii(text: &str) -> String {
    let mut clean = String::new();
    let mut blank = false;
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            if blank && !clean.is_empty() {
                clean.push(' ');
            }
            blank = false;
            clean.push(char::from(byte.to_ascii_lowercase()));
        }
        blank |= byte.is_ascii_whitespace();
    }
    clean
}

fn is_mark(sign: char) -> bool {
    !sign.is_alphanumeric()
}

fn a_clean_text_stays_as_it_is() {
    for text in texts::messy(seed(), 1000) {
        expect_eq(format_args!("clean_text({text:?})"), &clean_text(&text), &clean_ascii(&text));
    }
    property(300, sentence(word(), 6), |(words, text)| {
        // Marks inside go too, also such as a capital leaves behind: `İ` is `i` and a dot.
        let words = words.iter().map(|word| word.to_lowercase().replace(is_mark, ""));
        let words: Vec<String> = words.collect();
        let clean = clean_text(&text);
        expect_eq(format_args!("clean_text({text:?})"), &clean, &words.join(" "));
        expect_eq(
            format_args!("clean_text({clean:?}): this is clean already"),
            &clean_text(&clean),
            &clean,
        );
    });
}

fn the_text_goes_through_a_pipeline() {
    Form::of("src/q2_2_pipeline.rs")
        .function("clean_text", &["pipeline"])
        .except("pipeline")
        .check();
}
