//! Pieces of HTML in which links are easy to miss, or to see where none are.

/// A piece of HTML whose links are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// What is odd about it.
    pub what: &'static str,
    /// The piece; it closes what it opens.
    pub html: &'static str,
    /// `a` elements with an `href`, as a browser sees them.
    pub links: usize,
}

/// All pieces, the plain link first.
#[must_use]
pub fn pieces() -> &'static [Piece] {
    const fn piece(what: &'static str, html: &'static str, links: usize) -> Piece {
        Piece { what, html, links }
    }
    const PIECES: &[Piece] = &[
        piece("a plain link", r#"<a href="/wiki/Tide">tide</a>"#, 1),
        piece("an anchor without href", r#"<a id="top"></a>"#, 0),
        piece("an anchor with a name only", r#"<a name="notes">Notes</a>"#, 0),
        piece("an anchor with data-href", r#"<a data-href="/wiki/Tide">tide</a>"#, 0),
        piece("a link in a comment", r#"<!-- <a href="/wiki/Old">old</a> -->"#, 0),
        piece(
            "a link in a script",
            r#"<script>let link = '<a href="/wiki/Made">made</a>';</script>"#,
            0,
        ),
        piece("a link in a style sheet", r#"<style>/* <a href="/x"> */</style>"#, 0),
        piece(
            "a link in a text field",
            r#"<textarea><a href="/wiki/Draft">draft</a></textarea>"#,
            0,
        ),
        piece("a link in a title", r#"<title><a href="/wiki/Head">head</a></title>"#, 0),
        piece("a link in a frame's place", r#"<iframe><a href="/wiki/In">in</a></iframe>"#, 0),
        piece("a comment with an odd end", r#"<!-- --!><a href="/wiki/Out">out</a>"#, 1),
        piece("a section for other programs", r#"<![CDATA[<a href="/wiki/Xml">xml</a>]]>"#, 0),
        piece("a link in an attribute", r#"<img alt='<a href="/wiki/Fake">fake</a>'>"#, 0),
        piece("a link as text", r#"&lt;a href="/wiki/Shown"&gt;"#, 0),
        piece("a link element", r#"<link rel="next" href="/wiki/Next">"#, 0),
        piece("an href on other elements", r#"<abbr href="/x">e.g.</abbr><area href="/y">"#, 0),
        piece("upper case", r#"<A HREF="/wiki/Loud">LOUD</A>"#, 1),
        piece("single quotes", "<a href='/wiki/Quay'>quay</a>", 1),
        piece("no quotes", "<a href=/wiki/Buoy>buoy</a>", 1),
        piece("blanks around the equals sign", r#"<a href = "/wiki/Spar">spar</a>"#, 1),
        piece("line ends inside the tag", "<a\n\tclass=\"new\"\n\thref=\"/wiki/Net\"\n>net</a>", 1),
        piece("a > before the href", r#"<a title="a > b" href="/wiki/Mast">mast</a>"#, 1),
        piece("an empty href", r#"<a href="">here</a>"#, 1),
        piece(
            "links that lead to no page",
            r##"<a href="javascript:void(0)">go</a><a href="mailto:a@b">mail</a><a href="#">top</a>"##,
            3,
        ),
        piece("an href without a value", "<a href>here</a>", 1),
        piece("an address with an entity", r#"<a href="/find?a=1&amp;b=2">find</a>"#, 1),
        piece(
            "links nested in lists",
            r#"<ul><li><a href="/a"><b>A <i>a</i></b></a><ul><li><a href="/b">B</a></li></ul></li></ul>"#,
            2,
        ),
        piece(
            "a table in a table",
            r#"<table><tr><td><table><tr><td><a href="/c">c</a></td></tr></table></td></tr></table>"#,
            1,
        ),
        piece("a link inside a link", r#"<p><a href="/1">one <a href="/2">two</a></p>"#, 2),
    ];
    PIECES
}
