//! Finds the page with the fewest links.

#[must_use]
pub fn most_links<'a>(
    urls: &'a [String],
    counts: &[Result<usize, PageError>],
) -> Option<(&'a str, usize)> {
    std::iter::zip(urls, counts)
        .filter_map(|(url, count)| Some((url.as_str(), *count.as_ref().ok()?)))
        .min_by_key(|&(url, links)| (links, url))
}
