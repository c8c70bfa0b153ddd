//! Counts the first two fifths of the text alone before it starts the workers.

pub fn count_text(text: &str, workers: usize, sharing: Sharing) -> Counts<'_> {
    let cut = text.ceil_char_boundary(text.len() / 5 * 2);
    let end = text[cut..].find(char::is_whitespace).map_or(text.len(), |gap| cut + gap);
    let (first, rest) = text.split_at(end);
    let mut counts = count_words(first.split_whitespace());
    for (word, count) in solution_count_text(rest, workers, sharing) {
        *counts.entry(word).or_default() += count;
    }
    counts
}
