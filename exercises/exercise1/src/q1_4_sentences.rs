//! Question 1.4: sentences by their words.
//!
//! What a word is, in all three functions: split the sentence at white space of
//! any kind (`char::is_whitespace`) and take away what is neither letter nor
//! digit at both ends of each piece. A piece of which nothing is left, such as a
//! lonely dash, is no word. So `"Well, don't!"` has the words `Well` and `don't`.

/// The sentences with more than `limit` words, with `filter`.
///
/// They keep their order, and a sentence that is there twice comes twice, here
/// and in the two functions below. An empty sentence has no words. No
/// sentences, no result.
///
/// # Examples
/// ```
/// use exercise1::with_more_words_than;
/// let sentences = ["One two three.", "One - two."];
/// assert_eq!(with_more_words_than(&sentences, 2), ["One two three."]);
/// ```
///
/// # Graded
/// `1.4/long`, `1.4/form`
#[must_use]
pub fn with_more_words_than<'a>(sentences: &[&'a str], limit: usize) -> Vec<&'a str> {
    // TODO: keep the sentences that have more words than the limit.
    todo!("1.4: keep what has more than {limit} words of {} sentences", sentences.len())
}

/// The sentences that contain the word `word`, with `filter`.
///
/// Capital and small letters are the same (those of Unicode: `É` is `é`). The
/// word stands for itself: a longer word that contains it does not count, so
/// `database` is not `data`.
///
/// # Examples
/// ```
/// use exercise1::with_word;
/// assert_eq!(with_word(&["A database.", "Big Data!"], "data"), ["Big Data!"]);
/// ```
///
/// # Graded
/// `1.4/word`, `1.4/form`
#[must_use]
pub fn with_word<'a>(sentences: &[&'a str], word: &str) -> Vec<&'a str> {
    // TODO: keep the sentences that contain the word.
    todo!("1.4: keep what contains the word {word} of {} sentences", sentences.len())
}

/// The sentences whose words are longer than `limit` on average, with `filter`.
///
/// Length is counted in characters, and the mean is exact: words of 5 and 6
/// characters are 5.5 long on average, which is above 5. A sentence without
/// words has no mean and is left out.
///
/// # Examples
/// ```
/// use exercise1::with_mean_word_length_above;
/// let sentences = ["Great lights.", "Five, five."];
/// assert_eq!(with_mean_word_length_above(&sentences, 5), ["Great lights."]);
/// ```
///
/// # Graded
/// `1.4/mean`, `1.4/form`
#[must_use]
pub fn with_mean_word_length_above<'a>(sentences: &[&'a str], limit: usize) -> Vec<&'a str> {
    // TODO: keep the sentences whose mean word length is above the limit.
    todo!("1.4: keep what has words above {limit} on average of {} sentences", sentences.len())
}
