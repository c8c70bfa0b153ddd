//! Gives an empty sentence where there is none.

pub fn with_most_words<'a>(sentences: &[&'a str]) -> Option<&'a str> {
    Some(
        sentences.iter().fold("", |most, next| {
            if words(next).count() > words(most).count() { next } else { most }
        }),
    )
}
