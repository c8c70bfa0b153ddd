//! Question 2.3: what a text is made of.
//!
//! What a word is, in all four functions: split the sentence at white space of
//! any kind (`char::is_whitespace`) and take away what is neither letter nor
//! digit at both ends of each piece. A piece of which nothing is left, such as a
//! lonely dash, is no word. So `"Well, don't!"` has the words `Well` and `don't`.

use std::collections::BTreeSet;

/// How many words all `sentences` have together, with `map` and `reduce`.
///
/// A word that comes again counts again. No sentences, no words.
///
/// # Examples
/// ```
/// use exercise2::total_words;
/// assert_eq!(total_words(&["One two three.", "One - two."]), 5);
/// ```
///
/// # Graded
/// `2.3/total`, `2.3/form`
#[must_use]
pub fn total_words(sentences: &[&str]) -> usize {
    // TODO: add up the words of every sentence.
    todo!("2.3: count the words of {} sentences", sentences.len())
}

/// The sentence with the most words, with `reduce`.
///
/// Of several with as many, the first. Words are counted and not letters. A
/// sentence without words has 0 of them. No sentences, no result.
///
/// # Examples
/// ```
/// use exercise2::with_most_words;
/// assert_eq!(with_most_words(&["Incomprehensibilities.", "A cat."]), Some("A cat."));
/// assert_eq!(with_most_words(&[]), None);
/// ```
///
/// # Graded
/// `2.3/most`, `2.3/form`
#[must_use]
pub fn with_most_words<'a>(sentences: &[&'a str]) -> Option<&'a str> {
    // TODO: find the sentence with the most words.
    todo!("2.3: find the one with the most words of {} sentences", sentences.len())
}

/// Every word of the `sentences` once and in small letters, with `map`.
///
/// Small letters are those of Unicode: `Été` and `été` are one word. Signs at
/// the ends of a word do not belong to it, those inside do. No sentences, no
/// words.
///
/// # Examples
/// ```
/// use exercise2::unique_words;
/// let words = unique_words(&["Data, data: don't", "DATA!"]);
/// assert_eq!(words.into_iter().collect::<Vec<_>>(), ["data", "don't"]);
/// ```
///
/// # Graded
/// `2.3/unique`, `2.3/form`
#[must_use]
pub fn unique_words(sentences: &[&str]) -> BTreeSet<String> {
    // TODO: gather the words, each of them once.
    todo!("2.3: gather the words of {} sentences", sentences.len())
}

/// How many words a sentence has on average, with `map` and `reduce`.
///
/// Not rounded: sentences of 1 and of 2 words have 1.5 on average. A sentence
/// without words is a sentence. Where there are no sentences there is no mean.
///
/// # Examples
/// ```
/// use exercise2::mean_length;
/// assert_eq!(mean_length(&["Big data.", "Data!"]), Some(1.5));
/// assert_eq!(mean_length(&[]), None);
/// ```
///
/// # Graded
/// `2.3/mean`, `2.3/form`
#[must_use]
pub fn mean_length(sentences: &[&str]) -> Option<f64> {
    // TODO: divide the number of words by the number of sentences.
    todo!("2.3: find the mean length of {} sentences", sentences.len())
}
