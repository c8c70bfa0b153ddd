//! Question 1.6: texts in one normal form.

/// `text` in lower case, without punctuation, without white space around it.
///
/// Lower case is that of Unicode: `É` becomes `é`. Punctuation is the 32 signs
/// of ASCII (`char::is_ascii_punctuation`), wherever they stand; any other
/// character stays. White space goes at both ends only, also where taking a
/// sign away has brought it to an end; inside, every space stays. A normal
/// text is not changed by a second call. The empty text stays empty.
///
/// # Examples
/// ```
/// use exercise1::normalize;
/// assert_eq!(normalize("  It's  ALL fine ! "), "its  all fine");
/// ```
///
/// # Graded
/// `1.6/examples`, `1.6/unicode`, `1.6/all`
#[must_use]
pub fn normalize(text: &str) -> String {
    // TODO: bring the text into its normal form.
    todo!("1.6: normalise {text:?}")
}

/// The normal form of every text, with `map` and [`normalize`].
///
/// One result for every text, in their order; a text of which nothing is left
/// gives an empty one. The texts themselves are not changed.
///
/// # Examples
/// ```
/// use exercise1::normalize_all;
/// assert_eq!(normalize_all(&["  HELLO;  ", "?"]), ["hello", ""]);
/// ```
///
/// # Graded
/// `1.6/all`, `1.6/form`
#[must_use]
pub fn normalize_all(texts: &[&str]) -> Vec<String> {
    // TODO: bring every text into its normal form.
    todo!("1.6: normalise {} texts", texts.len())
}
