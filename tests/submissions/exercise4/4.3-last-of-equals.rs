//! Forgets that `max_by_key` takes the last of equals.

pub fn most_links<'a>(
    urls: &'a [String],
    counts: &[Result<usize, PageError>],
) -> Option<(&'a str, usize)> {
    std::iter::zip(urls, counts)
        .filter_map(|(url, count)| Some((url.as_str(), *count.as_ref().ok()?)))
        .max_by_key(|&(_, links)| links)
}
