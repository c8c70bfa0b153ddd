//! Counts every anchor, as if all of them were links.

pub fn count_links(html: &str) -> usize {
    let anchors = Selector::parse("a").expect("a valid selector");
    Html::parse_document(html).select(&anchors).count()
}
