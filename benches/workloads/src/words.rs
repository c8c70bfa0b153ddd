//! Question 5.2's workload: counting the words of one large text.

use std::collections::HashMap;

use crate::churn;
use timing::{Call, Means, Workload, equal, first_difference};

/// Different words of a text: so many that they are worth a dictionary, so few
/// that adding the dictionaries of all workers up is a small part of the work.
const VOCABULARY: u64 = 3000;

/// Words in a line.
const LINE: u64 = 12;

/// A text and the words it is made of.
#[derive(Debug)]
pub struct WordInput {
    /// The text: words of 2 to 13 letters, some of them outside ASCII, of
    /// which the first of the vocabulary come most often.
    pub text: String,
    vocabulary: Vec<String>,
}

impl WordInput {
    /// The text of a seed, with `size` words.
    #[must_use]
    pub fn new(seed: u64, size: u64) -> Self {
        let vocabulary: Vec<String> =
            (0..VOCABULARY).map(|number| word(churn(seed ^ number, 2), number)).collect();
        let mut text = String::new();
        let mut drawn = seed;
        for at in 1..=size {
            drawn = churn(drawn ^ at, 1);
            // As a fraction of 2^32; its square falls on small numbers most often.
            let even = drawn >> 32;
            let number = (((even * even) >> 32) * VOCABULARY) >> 32;
            text.push_str(&vocabulary[usize::try_from(number).unwrap_or_default()]);
            text.push(if at % LINE == 0 { '\n' } else { ' ' });
        }
        Self { text, vocabulary }
    }

    /// The output of a timed call: how many different words were found, then
    /// the count of each word of the vocabulary.
    #[must_use]
    pub fn figures(&self, counts: &HashMap<&str, u64>) -> Vec<u64> {
        let count = |word: &String| counts.get(word.as_str()).copied().unwrap_or_default();
        std::iter::once(counts.len() as u64).chain(self.vocabulary.iter().map(count)).collect()
    }
}

/// A word of letters by chance; its number at the end makes it unlike others.
fn word(mut drawn: u64, number: u64) -> String {
    const LETTERS: [char; 16] =
        ['a', 'b', 'c', 'd', 'e', 'g', 'h', 'i', 'l', 'm', 'n', 'o', 'r', 's', 't', 'ü'];
    let mut word = String::new();
    for _ in 0..=drawn % 8 {
        drawn = churn(drawn, 1);
        word.push(LETTERS[(drawn % 16) as usize]);
    }
    let mut rest = number + 16;
    while rest > 0 {
        word.push(LETTERS[(rest % 16) as usize]);
        rest /= 16;
    }
    word
}

/// The workload of question 5.2.
#[must_use]
pub fn words() -> Workload {
    Workload {
        question: "5.2",
        about: "count_text over one large text, merged at the end",
        sizes: 600_000..=700_000,
        means: Means::Cores { max_threads: 4, serial_fraction: 0.08 },
        sequential,
        kernel,
        agrees: equal,
        difference,
    }
}

/// What is wrong with the figures of a text.
fn difference(expected: &[u64], got: &[u64]) -> String {
    let at = first_difference(expected, got);
    let (expected, got) = (expected.get(at), got.get(at));
    let [expected, got] = [expected, got].map(|figure| figure.copied().unwrap_or_default());
    let what = if at == 0 { "different words" } else { "times the same word" };
    format!(
        "the counts of a timed call are wrong: {got} {what}, where the sequential version finds {expected}."
    )
}

fn count(text: &str) -> HashMap<&str, u64> {
    let mut counts = HashMap::new();
    for word in text.split_whitespace() {
        *counts.entry(word).or_default() += 1;
    }
    counts
}

/// One dictionary of words that stay in the text. A hasher or a splitter of
/// one's own would be faster still, on one thread as on several.
fn sequential(seed: u64, size: u64, _threads: usize) -> Call {
    let input = WordInput::new(seed, size);
    Box::new(move || input.figures(&count(&input.text)))
}

/// A dictionary for each thread, added up on the caller's.
fn kernel(seed: u64, size: u64, threads: usize) -> Call {
    let input = WordInput::new(seed, size);
    Box::new(move || {
        let mut parts = Vec::new();
        let mut rest = input.text.as_str();
        for left in (1..=threads).rev() {
            // A line end is white space, and never inside a character.
            let even = rest.len() / left;
            let line = rest.bytes().skip(even).position(|byte| byte == b'\n');
            let (part, later) = rest.split_at(line.map_or(rest.len(), |line| even + line));
            parts.push(part);
            rest = later;
        }
        let mut total = HashMap::new();
        std::thread::scope(|scope| {
            let workers: Vec<_> =
                parts.into_iter().map(|part| scope.spawn(move || count(part))).collect();
            for (word, count) in
                workers.into_iter().flat_map(|worker| worker.join().unwrap_or_default())
            {
                *total.entry(word).or_default() += count;
            }
        });
        input.figures(&total)
    })
}
