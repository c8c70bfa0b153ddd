//! Makes one word of `don't` and `dont`.

pub fn unique_words(sentences: &[&str]) -> BTreeSet<String> {
    let letters = |word: &str| word.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    sentences
        .iter()
        .flat_map(|sentence| words(sentence))
        .map(|word| letters(word).to_lowercase())
        .collect()
}
