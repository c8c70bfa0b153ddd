//! Question 1.7: many values reduced to one.

/// The longest of `texts`, with `reduce` or `fold`.
///
/// Length is counted in characters. Of several that are equally long, the
/// first one. No texts, no longest: `None`.
///
/// # Examples
/// ```
/// use exercise1::longest;
/// assert_eq!(longest(&["ant", "wasp", "bear"]), Some("wasp"));
/// assert_eq!(longest(&[]), None);
/// ```
///
/// # Graded
/// `1.7/longest`, `1.7/form`
#[must_use]
pub fn longest<'a>(texts: &[&'a str]) -> Option<&'a str> {
    // TODO: reduce the texts to the longest of them.
    todo!("1.7: find the longest of {} texts", texts.len())
}

/// The numbers of a list of lists of lists in one flat list, with `reduce` or
/// `fold`.
///
/// They keep their order from left to right. Empty lists, at any level, add
/// nothing.
///
/// # Examples
/// ```
/// use exercise1::flatten;
/// assert_eq!(flatten(&[vec![vec![1, 2], vec![3]], vec![vec![4]]]), [1, 2, 3, 4]);
/// ```
///
/// # Graded
/// `1.7/flatten`, `1.7/form`
#[must_use]
pub fn flatten(nested: &[Vec<Vec<i64>>]) -> Vec<i64> {
    // TODO: reduce the lists to one flat list.
    todo!("1.7: flatten {} lists of lists", nested.len())
}

/// All `texts` in one, with `separator` between neighbours, with `reduce` or
/// `fold`.
///
/// There is no separator before the first and none behind the last. An empty
/// text is a text too: it has its separators. No texts give the empty text.
///
/// # Examples
/// ```
/// use exercise1::join;
/// assert_eq!(join(&["a", "", "c"], ", "), "a, , c");
/// ```
///
/// # Graded
/// `1.7/join`, `1.7/form`
#[must_use]
pub fn join(texts: &[&str], separator: &str) -> String {
    // TODO: reduce the texts to one.
    todo!("1.7: join {} texts with {separator:?}", texts.len())
}
