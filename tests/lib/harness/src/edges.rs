//! Inputs at the edges, in one place for all exercises: what students forget comes up
//! often.
//!
//! Each strategy says what its edges are, and a test counts that all of them come.

use proptest::prelude::*;
use proptest::sample::{Index, select};

/// One edge: what it is called, and whether a value lies there.
pub type Edge<T> = (&'static str, fn(&T) -> bool);

/// A word as the exercises understand it: without white space, and with a letter or a digit at
/// both of its ends.
///
/// # Edges
/// [`WORD_EDGES`]
pub fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[A-Za-z]{1,6}",
        3 => "[a-zàéîøüßžжя字]{1,8}",
        1 => "[ÀÉÎØÜŽЖЯ][a-z]{0,4}",
        1 => "[a-z]{0,3}[İıſßﬁǅΩ][a-z]{0,3}",
        1 => "[a-z]{1,3}[0-9][a-z0-9]{0,3}",
        1 => "[0-9]{1,4}",
        1 => "[a-zé]{1,3}['’.,:/_-][a-zé0-9]{1,3}",
        1 => "[a-z]{0,2}[e-u]\u{301}[a-z]{1,3}",
    ]
}

/// The edges of [`word`].
pub const WORD_EDGES: &[Edge<String>] = &[
    ("one letter", |word| word.chars().count() == 1),
    ("a capital beyond ASCII", |word| {
        word.starts_with(|c: char| !c.is_ascii() && c.is_uppercase())
    }),
    ("longer in small letters", |word| word.to_lowercase().len() > word.len()),
    ("longer in capitals", |word| word.to_uppercase().chars().count() > word.chars().count()),
    ("other capitals than those of ASCII", |word| word.to_lowercase() != word.to_ascii_lowercase()),
    ("more bytes than characters", |word| word.len() > word.chars().count()),
    ("a digit inside", |word| word.chars().skip(1).any(|c| c.is_ascii_digit())),
    ("digits alone", |word| word.chars().all(|c| c.is_ascii_digit())),
    ("a mark inside", |word| word.chars().any(|c| c.is_ascii_punctuation())),
    ("a mark inside that is not ASCII's", |word| word.contains('’')),
    ("a combining mark", |word| word.contains('\u{301}')),
];

/// A word whose letters have one small and one capital form each, so that it does not matter
/// how two such words are compared.
pub fn cased_word() -> impl Strategy<Value = String> {
    prop_oneof!["[A-Za-z]{1,3}", "[A-Za-zÀàÉéÖöЖж]{1,6}", "[a-zé]{1,2}['’-][A-Zé0-9]{1,2}"]
}

/// White space between words, never none.
///
/// # Edges
/// [`GAP_EDGES`]
pub fn gap() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => Just(" ".to_owned()),
        3 => "[ \t\n]{1,3}",
        2 => select(vec!["\r\n", "\u{a0}", "\u{3000}", "\u{2003}", "\u{85}", "\u{b}"])
            .prop_map(str::to_owned),
    ]
}

/// The edges of [`gap`].
pub const GAP_EDGES: &[Edge<String>] = &[
    ("more than one", |gap| gap.chars().count() > 1),
    ("a tab", |gap| gap.contains('\t')),
    ("a line end of two bytes", |gap| gap == "\r\n"),
    ("not of ASCII", |gap| !gap.is_ascii()),
    ("white space to Unicode and not to ASCII's rules, and yet one byte", |gap| gap == "\u{b}"),
];

/// The words that a sentence was made of, and the sentence.
pub type Spoken = (Vec<String>, String);

/// A sentence out of up to `most` of these words, each with white space and marks of its own
/// around it. Some words come again: as they are, in capitals, or as a part of a longer one.
///
/// # Edges
/// [`SENTENCE_EDGES`]
pub fn sentence(word: impl Strategy<Value = String>, most: usize) -> impl Strategy<Value = Spoken> {
    let before = select(vec!["", "", "", "(", "\"", "- ", "«", "¿", "_"]);
    let after = select(vec!["", "", "", ",", ".", "!)", "…\"", " -", "»", "_"]);
    let again = prop::option::weighted(0.25, (any::<Index>(), select(AGAIN.to_vec())));
    prop::collection::vec((gap(), before, word, again, after), 0..=most).prop_map(|pieces| {
        let (mut words, mut sentence) = (Vec::<String>::new(), String::new());
        for (gap, before, word, again, after) in pieces {
            let word = match again {
                Some((which, change)) if !words.is_empty() => {
                    change(&words[which.index(words.len())])
                }
                _ => word,
            };
            sentence.extend([&gap, before, &word, after]);
            words.push(word);
        }
        (words, sentence)
    })
}

/// How a word comes again.
const AGAIN: [fn(&str) -> String; 4] =
    [str::to_owned, str::to_uppercase, |word| format!("{word}a"), |word| format!("a{word}")];

/// The edges of [`sentence`].
pub const SENTENCE_EDGES: &[Edge<Spoken>] = &[
    ("no words", |(words, _)| words.is_empty()),
    ("one word", |(words, _)| words.len() == 1),
    ("as many words as there may be", |(words, _)| words.len() == 8),
    ("a lonely mark", |(_, sentence)| sentence.split_whitespace().any(|piece| piece == "-")),
    ("an underscore beside a word", |(_, sentence)| {
        sentence.split_whitespace().any(|piece| piece.starts_with('_') || piece.ends_with('_'))
    }),
    ("a mark beyond ASCII beside a word", |(_, sentence)| sentence.contains(['«', '»', '…'])),
    ("white space beyond ASCII", |(_, sentence)| {
        sentence.chars().any(|c| c.is_whitespace() && !c.is_ascii())
    }),
    ("a word that comes twice", |(words, _)| {
        words.iter().enumerate().any(|(at, word)| words[..at].contains(word))
    }),
    ("a word that is another one in capitals", |(words, _)| {
        let is_other = |word: &String| {
            words.iter().any(|other| other != word && other.to_lowercase() == word.to_lowercase())
        };
        words.iter().any(is_other)
    }),
    ("a word that is the beginning of another one", |(words, _)| {
        is_part(words, |long, part| long.starts_with(part))
    }),
    ("a word that is the end of another one", |(words, _)| {
        is_part(words, |long, part| long.ends_with(part))
    }),
];

fn is_part(words: &[String], is_part_of: fn(&str, &str) -> bool) -> bool {
    words.iter().any(|part| words.iter().any(|long| long != part && is_part_of(long, part)))
}

/// A number, often one that is next to `bound`.
///
/// # Edges
/// 0, 1, `bound` and its neighbours, numbers above 32 bits, the largest one.
pub fn number(bound: u64) -> impl Strategy<Value = u64> {
    let near = bound.saturating_sub(1)..=bound.saturating_add(1);
    prop_oneof![
        4 => 0..=bound.saturating_mul(2).max(20),
        3 => near,
        1 => select(vec![0, 1]),
        1 => 1 << 32..1_u64 << 40,
        1 => Just(u64::MAX),
    ]
}

#[cfg(test)]
mod tests {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

    use super::*;

    /// As many values as a check draws of the strategy.
    const CASES: usize = 600;

    fn draw<S: Strategy>(strategy: &S) -> Vec<S::Value> {
        let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
        let mut runner = TestRunner::new_with_rng(Config::default(), rng);
        (0..CASES).map(|_| strategy.new_tree(&mut runner).unwrap().current()).collect()
    }

    fn all_come<T>(drawn: &[T], edges: &[Edge<T>]) {
        for (name, is_there) in edges {
            let count = drawn.iter().filter(|value| is_there(value)).count();
            assert!(count >= 3, "{name}: {count} of {} values", drawn.len());
        }
    }

    #[test]
    fn every_edge_comes() {
        all_come(&draw(&word()), WORD_EDGES);
        all_come(&draw(&gap()), GAP_EDGES);
        all_come(&draw(&sentence(word(), 8)), SENTENCE_EDGES);
        let numbers = draw(&number(26));
        all_come(
            &numbers,
            &[
                ("nothing", |n| *n == 0),
                ("one", |n| *n == 1),
                ("below the bound", |n| *n == 25),
                ("the bound", |n| *n == 26),
                ("above the bound", |n| *n == 27),
                ("above 32 bits", |n| *n > u64::from(u32::MAX) && *n < u64::MAX),
                ("the largest", |n| *n == u64::MAX),
            ],
        );
    }

    #[test]
    fn words_begin_and_end_with_letters_or_digits() {
        for word in draw(&word()) {
            let ends = [word.chars().next(), word.chars().next_back()];
            assert!(ends.into_iter().all(|c| c.is_some_and(char::is_alphanumeric)), "{word:?}");
            assert!(!word.contains(char::is_whitespace), "{word:?}");
        }
        for gap in draw(&gap()) {
            assert!(!gap.is_empty() && gap.chars().all(char::is_whitespace), "{gap:?}");
        }
    }
}
