//! Leaves pages with errors out when it pairs addresses with counts.

#[must_use]
pub fn most_links<'a>(
    urls: &'a [String],
    counts: &[Result<usize, PageError>],
) -> Option<(&'a str, usize)> {
    std::iter::zip(urls, counts.iter().flatten())
        .map(|(url, count)| (url.as_str(), *count))
        .max_by_key(|&(url, links)| (links, Reverse(url)))
}
