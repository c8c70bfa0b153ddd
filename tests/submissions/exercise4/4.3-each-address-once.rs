//! Counts each address that is linked to once.

#[must_use]
pub fn count_links(html: &str) -> usize {
    static LINKS: LazyLock<Selector> =
        LazyLock::new(|| Selector::parse("a[href]").expect("a valid selector"));
    let document = Html::parse_document(html);
    let targets: std::collections::HashSet<_> =
        document.select(&LINKS).filter_map(|link| link.attr("href")).collect();
    targets.len()
}
