//! Searches the text for the way in which most pages write a link.

pub fn count_links(html: &str) -> usize {
    html.matches("<a href=\"").count()
}
