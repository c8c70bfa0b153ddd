//! Counts only links to other pages.

#[must_use]
pub fn count_links(html: &str) -> usize {
    static LINKS: LazyLock<Selector> =
        LazyLock::new(|| Selector::parse("a[href]").expect("a valid selector"));
    let document = Html::parse_document(html);
    document.select(&LINKS).filter(|link| !link.attr("href").unwrap_or("").starts_with('#')).count()
}
