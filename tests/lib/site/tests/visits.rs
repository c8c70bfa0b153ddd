//! The site does what tests rely on, seen with a real client.

use std::collections::HashSet;
use std::io::Read;
use std::time::Duration;

use scraper::{Html, Selector};
use site::{Fault, Page, Site, articles, exhibits, home, odd_articles, pieces};

const PATIENCE: Duration = Duration::from_secs(5);

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(PATIENCE))
        .build()
        .into()
}

fn links(html: &str) -> usize {
    Html::parse_document(html).select(&Selector::parse("a[href]").unwrap()).count()
}

#[test]
fn the_links_of_every_page_are_known() {
    for piece in pieces() {
        assert_eq!(links(piece.html), piece.links, "{}", piece.what);
    }
    for page in articles(7, 60) {
        assert_eq!(links(&page.html), page.links, "{}", page.path);
        assert_eq!(page.html.matches("<a href=\"").count(), page.links, "{}", page.path);
    }
    let odd = odd_articles(7, 60);
    odd.iter().for_each(|page| assert_eq!(links(&page.html), page.links, "{}", page.path));
    let home = home(&odd);
    assert_eq!(links(&home.html), home.links);
    let paths: HashSet<_> = odd_articles(7, 200).into_iter().map(|page| page.path).collect();
    assert_eq!(paths.len(), 200);
}

#[test]
fn articles_are_repeatable() {
    assert_eq!(articles(7, 10), articles(7, 10));
    assert_ne!(articles(7, 10), articles(8, 10));
}

#[test]
fn pages_are_served_as_written_and_counted() {
    let pages = articles(7, 50);
    let site = Site::start(pages.clone());
    for (page, url) in pages.iter().zip(site.urls(&pages)) {
        let text = agent().get(&url).call().unwrap().body_mut().read_to_string().unwrap();
        assert_eq!(text, page.html);
        assert_eq!(site.requests(&page.path), 1);
    }
    assert_eq!((site.in_flight(), site.peak(), site.arrivals().len()), (0, 1, 50));
    assert_eq!(agent().get(site.url("/nowhere")).call().unwrap().status(), 404);
    assert_eq!(agent().get(site.url("/style.css")).call().unwrap().status(), 200);
}

#[test]
fn held_answers_wait_for_each_other() {
    let site = Site::start(vec![Page::new("/", "<p>late</p>", 0)]);
    site.hold();
    std::thread::scope(|scope| {
        let visitors: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| agent().get(site.url("/")).call().unwrap().status()))
            .collect();
        assert_eq!(site.wait_for(8, PATIENCE), 8);
        assert!(visitors.iter().all(|visitor| !visitor.is_finished()));
        site.release();
        visitors.into_iter().for_each(|visitor| assert_eq!(visitor.join().unwrap(), 200));
    });
    assert_eq!((site.in_flight(), site.peak()), (0, 8));
}

#[test]
fn faults_come_to_order() {
    let page = |path: &str, fault| Page::new(path, &"text ".repeat(1000), 0).with_fault(fault);
    let refuses = Fault::Refuses { status: 429, times: 2, retry_after: Some("7") };
    let site = Site::start(vec![
        Page::new("/", "home", 0),
        page("/busy", refuses),
        page("/moved", Fault::Redirects { to: "/".into() }),
        page("/half", Fault::BreaksOff { times: 1 }),
        page("/silent", Fault::FallsSilent),
        page("/endless", Fault::NeverEnds),
    ]);
    let agent = agent();
    for status in [429, 429, 200] {
        let answer = agent.get(site.url("/busy")).call().unwrap();
        assert_eq!(answer.status(), status);
        let retry_after = answer.headers().get("retry-after").map(|value| value.as_bytes());
        assert_eq!(retry_after, (status == 429).then_some(b"7".as_slice()));
    }
    let read = |path: &str| agent.get(site.url(path)).call()?.body_mut().read_to_string();
    assert_eq!(read("/moved").unwrap(), "home");
    assert!(read("/half").is_err(), "the first answer breaks off");
    assert_eq!(read("/half").unwrap().len(), 5000);

    let answer = agent.get(site.url("/silent")).call().unwrap();
    let mut body = answer.into_body().into_reader();
    body.read_exact(&mut [0; 2500]).unwrap();
    assert_eq!(site.in_flight(), 1);
    let answer = agent.get(site.url("/endless")).call().unwrap();
    let mut body = answer.into_body().into_reader();
    body.read_exact(&mut [0; 100_000]).unwrap();
}

#[test]
fn every_fault_is_on_show() {
    let pages = exhibits(1);
    let paths: HashSet<_> = pages.iter().map(|page| &page.path).collect();
    assert_eq!((pages.len(), paths.len()), (8, 8));
}
