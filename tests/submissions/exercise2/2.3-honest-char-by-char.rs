//! An iterator type of its own for the words.

struct Words<'a>(&'a str);

impl<'a> Iterator for Words<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let start = self.0.find(|c: char| !c.is_whitespace())?;
        let rest = &self.0[start..];
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (piece, rest) = rest.split_at(end);
        self.0 = rest;
        let word = piece.trim_start_matches(|c: char| !c.is_alphanumeric());
        let word = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        if word.is_empty() { self.next() } else { Some(word) }
    }
}

fn words(sentence: &str) -> Words<'_> {
    Words(sentence)
}

pub fn total_words(sentences: &[&str]) -> usize {
    sentences
        .iter()
        .map(|sentence| words(sentence))
        .map(Iterator::count)
        .fold(0, std::ops::Add::add)
}

pub fn unique_words(sentences: &[&str]) -> BTreeSet<String> {
    sentences
        .iter()
        .map(|sentence| words(sentence).map(str::to_lowercase).collect::<BTreeSet<String>>())
        .reduce(|left, right| &left | &right)
        .unwrap_or_default()
}
