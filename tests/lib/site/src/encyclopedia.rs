//! Articles of an encyclopedia about places that do not exist.

use std::fmt::Write;
use std::time::Duration;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::odd::pieces;
use crate::page::{Fault, Page};

/// The site's style sheet.
pub(crate) const STYLE: &str = "\
body { margin: 0; background: #f4f3ef; color: #22201c; font: 17px/1.6 Georgia, serif; }
header, footer { background: #20403f; color: #dfe9e6; padding: .8rem 2rem; font-family: sans-serif; font-size: .9rem; }
header a, footer a { color: #fff; text-decoration: none; font-weight: bold; }
main { max-width: 46rem; margin: 2rem auto; padding: 1rem 3rem 2rem; background: #fff; border: 1px solid #dcd8ce; }
h1 { font-size: 2.1rem; line-height: 1.2; border-bottom: 1px solid #bbb5a7; margin: .5rem 0 1rem; }
h2 { font-size: 1.35rem; border-bottom: 1px solid #e6e2d8; margin-top: 2rem; }
a { color: #0a5d66; }
.facts { float: right; width: 15rem; margin: 0 0 1rem 1.5rem; border: 1px solid #cfcabd; background: #faf9f6; font: .85rem/1.5 sans-serif; }
.facts caption { font-weight: bold; padding: .4rem; background: #e3ebe8; }
.facts th, .facts td { text-align: left; padding: .2rem .6rem; }
.contents { display: inline-block; padding: .3rem 1.5rem .3rem 0; background: #faf9f6; border: 1px solid #e0dccf; font: .9rem/1.5 sans-serif; }
.notes { font-size: .85rem; }
.list { columns: 2; padding-left: 1.2rem; }
";

const COLOURS: [&str; 8] =
    ["Amber", "Copper", "Crimson", "Green", "Hollow", "Ivory", "Silent", "Winter"];
const PLACES: [&str; 8] =
    ["Bridge", "Canal", "Harbour", "Island", "Lighthouse", "Observatory", "Orchard", "Valley"];
const COUNTIES: [&str; 6] = ["Eastmark", "Lower Fenn", "Norrland", "Saltholm", "Tarn", "Westmoor"];
const SECTIONS: [&str; 6] =
    ["History", "Geography", "Building", "Trade", "Wildlife", "In literature"];

/// What is said; `@` is a link, `#` a year and `%` a number.
const SENTENCES: [&str; 16] = [
    "It was first mentioned in # in a letter from @.",
    "Until # it belonged to @, which kept the tolls.",
    "About % people live here, most of them all year round.",
    "The road to @ was paved in # and has been mended % times since.",
    "A flood in # reached the upper windows; a mark on the wall of @ shows how high.",
    "Travellers compare it with @, though it is older and far less crowded.",
    "Its archive holds % maps, the largest of which shows @ at low tide.",
    "Nobody knows who planted the % trees along the shore.",
    "The annual fair of # brought visitors from @ and from @.",
    "According to a survey of # the stone came from quarries near @.",
    "Fishing ended in #; since then the boats have carried timber.",
    "The old path leads past @ and is closed in winter.",
    "Its bell, cast in #, can be heard as far as @.",
    "For % years a ferry ran from here to @.",
    "In clear weather @ can be seen from the highest point.",
    "Herons have nested here since at least #.",
];

/// `count` articles, 64 at most under names of their own; the same seed gives
/// the same ones. Every link is written `<a href="`, and nothing else is.
#[must_use]
pub fn articles(seed: u64, count: usize) -> Vec<Page> {
    written(seed, count, false)
}

/// As [`articles`], with some of the odd [`pieces`] in every one.
#[must_use]
pub fn odd_articles(seed: u64, count: usize) -> Vec<Page> {
    written(seed, count, true)
}

fn written(seed: u64, count: usize, odd: bool) -> Vec<Page> {
    let titles: Vec<String> = (0..count).map(title).collect();
    let article = |index: usize| {
        let random = ChaCha8Rng::seed_from_u64(seed ^ ((index as u64) << 32));
        let mut writer = Writer { html: String::new(), links: 0, random, titles: &titles };
        writer.article(&titles[index], odd);
        let Writer { html, links, .. } = writer;
        let title = titles[index].clone();
        Page { title, ..Page::new(&path(&titles[index]), &html, links) }
    };
    (0..count).map(article).collect()
}

/// The title of an article; a number tells those after the first 64 apart.
fn title(index: usize) -> String {
    let name = format!(
        "{} {}",
        COLOURS[index % COLOURS.len()],
        // Shifted by one in each row, so that neighbours share no word.
        PLACES[(index + index / COLOURS.len()) % PLACES.len()]
    );
    match index / (COLOURS.len() * PLACES.len()) {
        0 => name,
        more => format!("{name} {}", more + 1),
    }
}

fn path(title: &str) -> String {
    format!("/wiki/{}", title.replace(' ', "_"))
}

/// Writes one document and counts its links.
struct Writer<'a> {
    html: String,
    links: usize,
    random: ChaCha8Rng,
    titles: &'a [String],
}

impl Writer<'_> {
    fn text(&mut self, text: &str) {
        self.html.push_str(text);
    }

    fn link(&mut self, to: &str, text: &str) {
        self.links += 1;
        write!(self.html, "<a href=\"{to}\">{text}</a>").expect("a text can be written to");
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.random.random_range(0..from.len())]
    }

    fn link_to_any(&mut self) {
        let titles = self.titles;
        let title = &titles[self.random.random_range(0..titles.len())];
        self.link(&path(title), title);
    }

    fn article(&mut self, title: &str, odd: bool) {
        self.head(title);
        let count = self.random.random_range(2..=SECTIONS.len());
        let county = self.pick(&COUNTIES);
        self.facts(title, county);
        self.text(&format!("<p><b>{title}</b> is a place in {county}. "));
        self.sentences(3);
        self.text("</p>\n<nav class=\"contents\"><ol>\n");
        for section in &SECTIONS[..count] {
            self.text("<li>");
            self.link(&format!("#{}", section.replace(' ', "_")), section);
            self.text("</li>\n");
        }
        self.text("</ol></nav>\n");
        for section in &SECTIONS[..count] {
            self.text(&format!("<h2 id=\"{}\">{section}</h2>\n", section.replace(' ', "_")));
            for _ in 0..self.random.random_range(1..=3) {
                self.text("<p>");
                let sentences = self.random.random_range(2..=6);
                self.sentences(sentences);
                self.text("</p>\n");
            }
        }
        if odd {
            self.text("<h2>Curiosities</h2>\n");
            for _ in 0..self.random.random_range(3..=9) {
                let piece = self.pick(pieces());
                self.links += piece.links;
                self.text(&format!("<div>{}</div>\n", piece.html));
            }
        }
        self.text("<h2>See also</h2>\n<ul>\n");
        for _ in 0..self.random.random_range(1..=12) {
            self.text("<li>");
            self.link_to_any();
            self.text("</li>\n");
        }
        self.text("</ul>\n<h2>Notes</h2>\n<ol class=\"notes\">\n");
        for note in 1..=self.random.random_range(1..=4) {
            let year = self.random.random_range(1650..1990);
            let volume = self.random.random_range(1..40);
            self.text(&format!(
                "<li><a id=\"note-{note}\"></a>County archive, volume {volume}, {year}.</li>\n"
            ));
        }
        self.text("</ol>\n");
        self.foot();
    }

    fn head(&mut self, title: &str) {
        self.text(&format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <title>{title} - Loopback Encyclopedia</title>\n\
             <link rel=\"stylesheet\" href=\"/style.css\">\n</head>\n<body>\n<header>"
        ));
        self.link("/", "Loopback Encyclopedia");
        self.text(&format!("</header>\n<main>\n<h1>{title}</h1>\n"));
    }

    fn foot(&mut self) {
        self.text("</main>\n<footer>Everything here is made up. ");
        self.link("/", "All articles");
        self.text("</footer>\n</body>\n</html>\n");
    }

    fn facts(&mut self, title: &str, county: &str) {
        let year = self.random.random_range(1100..1900);
        let people = self.random.random_range(12..9000);
        self.text(&format!(
            "<table class=\"facts\"><caption>{title}</caption>\n\
             <tr><th>County</th><td>{county}</td></tr>\n<tr><th>Founded</th><td>{year}</td></tr>\n\
             <tr><th>Inhabitants</th><td>{people}</td></tr>\n<tr><th>Near</th><td>"
        ));
        self.link_to_any();
        self.text("</td></tr></table>\n");
    }

    fn sentences(&mut self, count: usize) {
        for _ in 0..count {
            for mark in self.pick(&SENTENCES).split_inclusive(['@', '#', '%']) {
                let (text, kind) = mark.split_at(mark.len() - 1);
                self.text(text);
                match kind {
                    "@" => self.link_to_any(),
                    "#" => {
                        let year = self.random.random_range(1400..1990);
                        self.text(&format!("{year}"));
                    }
                    "%" => {
                        let number = self.random.random_range(3..900);
                        self.text(&format!("{number}"));
                    }
                    end => self.text(end),
                }
            }
            self.text(" ");
        }
    }
}

/// One page for each fault, to look at in a browser.
#[must_use]
pub fn exhibits(seed: u64) -> Vec<Page> {
    let refusal = |status, times, retry_after| Fault::Refuses { status, times, retry_after };
    let faults = [
        ("Slow page", None),
        ("Missing page", Some(refusal(404, usize::MAX, None))),
        ("Busy page", Some(refusal(429, 1, Some("2")))),
        ("Page that fails once", Some(refusal(500, 1, None))),
        ("Page that has moved", Some(Fault::Redirects { to: path(&title(0)) })),
        ("Page that breaks off", Some(Fault::BreaksOff { times: usize::MAX })),
        ("Page that falls silent", Some(Fault::FallsSilent)),
        ("Page that never ends", Some(Fault::NeverEnds)),
    ];
    let pages = odd_articles(seed ^ 1, faults.len()).into_iter();
    pages
        .zip(faults)
        .map(|(page, (title, fault))| {
            let latency = Duration::from_secs(if fault.is_none() { 2 } else { 0 });
            Page { path: path(title), title: title.to_owned(), fault, latency, ..page }
        })
        .collect()
}

/// The page at `/`, with a link to every one of `pages`.
#[must_use]
pub fn home(pages: &[Page]) -> Page {
    let random = ChaCha8Rng::seed_from_u64(0);
    let mut writer = Writer { html: String::new(), links: 0, random, titles: &[] };
    writer.head("Loopback Encyclopedia");
    let (faulty, sound): (Vec<&Page>, Vec<&Page>) =
        pages.iter().partition(|page| page.fault.is_some() || !page.latency.is_zero());
    for (heading, pages) in [("Articles", sound), ("Pages with something wrong", faulty)] {
        writer.text(&format!("<h2>{heading}</h2>\n<ul class=\"list\">\n"));
        for page in pages {
            writer.text("<li>");
            writer.link(&page.path, &page.title);
            writer.text("</li>\n");
        }
        writer.text("</ul>\n");
    }
    writer.foot();
    Page { title: "Loopback Encyclopedia".to_owned(), ..Page::new("/", &writer.html, writer.links) }
}
