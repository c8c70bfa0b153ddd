//! Takes only the white space of ASCII for the end of a word.

pub fn count_text(text: &str, workers: usize, _sharing: Sharing) -> Counts<'_> {
    let parts = split_at_words(text, workers);
    let parts = parts.into_iter().map(str::split_ascii_whitespace).collect();
    with_one_lock(|counts| count_merged(parts, counts))
}
