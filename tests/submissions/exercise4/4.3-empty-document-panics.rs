//! Panics where a document has no links.

#[must_use]
pub fn count_links(html: &str) -> usize {
    static LINKS: LazyLock<Selector> =
        LazyLock::new(|| Selector::parse("a[href]").expect("a valid selector"));
    let document = Html::parse_document(html);
    document.select(&LINKS).next().expect("a link");
    document.select(&LINKS).count()
}
