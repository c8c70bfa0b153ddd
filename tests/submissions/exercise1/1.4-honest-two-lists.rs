//! Splits at `char::is_whitespace`, takes signs away with find and rfind, and counts with sum.

fn stripped(piece: &str) -> Option<&str> {
    let first = piece.find(char::is_alphanumeric)?;
    let last = piece.rfind(char::is_alphanumeric)?;
    let length = piece[last..].chars().next()?.len_utf8();
    Some(&piece[first..last + length])
}

fn words(sentence: &str) -> Vec<&str> {
    sentence.split(char::is_whitespace).filter_map(stripped).collect()
}

pub fn with_more_words_than<'a>(sentences: &[&'a str], limit: usize) -> Vec<&'a str> {
    sentences
        .iter()
        .filter(|sentence| words(sentence).iter().skip(limit).next().is_some())
        .map(|sentence| *sentence)
        .collect()
}

pub fn with_word<'a>(sentences: &[&'a str], word: &str) -> Vec<&'a str> {
    sentences
        .iter()
        .filter(|sentence| {
            let mut found = words(sentence)
                .into_iter()
                .filter(|other| other.to_lowercase() == word.to_lowercase());
            found.next().is_some()
        })
        .copied()
        .collect()
}

pub fn with_mean_word_length_above<'a>(sentences: &[&'a str], limit: usize) -> Vec<&'a str> {
    sentences
        .iter()
        .copied()
        .filter(|sentence| {
            let lengths: Vec<usize> =
                words(sentence).iter().map(|word| word.chars().count()).collect();
            // The whole part of the mean, and what is left over.
            let (sum, count) = (lengths.iter().sum::<usize>(), lengths.len());
            count > 0 && (sum / count > limit || (sum / count == limit && sum % count > 0))
        })
        .collect()
}
