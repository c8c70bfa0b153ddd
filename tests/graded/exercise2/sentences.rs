//! Sentences whose words are known, because they were made out of them.

use harness::proptest::prelude::*;

/// The words that a sentence was made of, and the sentence.
pub type Spoken = (Vec<String>, String);

/// A sentence out of up to `most` of these words, each with its own signs and
/// white space around it.
pub fn spoken(word: impl Strategy<Value = String>, most: usize) -> impl Strategy<Value = Spoken> {
    let before = prop::sample::select(vec![" ", " ", "  ", "\t", " (", " \"", " - "]);
    let after = prop::sample::select(vec!["", "", ",", ".", "!)", "…\"", " -", "\n"]);
    prop::collection::vec((before, word, after), 0..=most).prop_map(|pieces| {
        let sentence = pieces
            .iter()
            .map(|(before, word, after)| format!("{before}{word}{after}"))
            .collect::<String>();
        (pieces.into_iter().map(|(_, word, _)| word).collect(), sentence)
    })
}

/// The sentences alone.
pub fn texts(spoken: &[Spoken]) -> Vec<&str> {
    spoken.iter().map(|(_, sentence)| sentence.as_str()).collect()
}
