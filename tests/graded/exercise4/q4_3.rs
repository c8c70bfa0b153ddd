//! Checks of question 4.3: visiting many pages.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use exercise4::{Limits, PageError, count_links, most_links, visit_pages};
use harness::proptest::prelude::*;
use harness::{PATIENCE, checks, expect, expect_eq, fail, property, seed};
use site::{Fault, Page, Site, odd_articles, pieces};

use harness::crew::{Chance, in_time, unwrap};

// A module of this question alone: it goes with it when it is not built.
#[path = "retries.rs"]
mod retries;

checks! {
    "4.3/links" => anchors_that_lead_somewhere,
    "4.3/pages" => every_page_once_and_in_order,
    "4.3/errors" => failures_stay_in_their_place,
    "4.3/retries" => retries::what_may_pass_is_tried_again,
    "4.3/together" => as_many_at_once_as_connections,
    "4.3/rate" => one_rate_for_all,
    "4.3/most" => the_most_links_win,
}

/// Longest time and largest page that no sound page of these tests comes near.
const WIDE: Limits = Limits {
    connections: 4,
    interval: Duration::ZERO,
    attempts: 3,
    back_off: Duration::from_millis(100),
    timeout: Duration::from_secs(60),
    max_bytes: 1 << 20,
};

type Counts = Vec<Result<usize, PageError>>;

/// Pages whose links anybody can count, for the checks that are about something else.
fn plain(count: usize) -> Vec<Page> {
    let page = |n: usize| Page::new(&format!("/page/{n}"), &"<a href=\"/\">home</a> ".repeat(n), n);
    (0..count).map(page).collect()
}

/// Visits pages on a thread of its own, without really pausing.
#[track_caller]
fn visit(what: &str, urls: &[String], limits: &Limits) -> Counts {
    let (urls, limits) = (urls.to_vec(), limits.clone());
    unwrap(in_time(what, move || visit_pages(&urls, &limits, |_| ())))
}

fn anchors_that_lead_somewhere() {
    for piece in pieces() {
        let call = format!("count_links({:?}), {},", piece.html, piece.what);
        expect_eq(call, &count_links(piece.html), &piece.links);
    }
    expect_eq("count_links(\"\")", &count_links(""), &0);
    let documents = (prop::collection::vec(0..pieces().len(), 0..12), prop::bool::ANY);
    property(200, documents, |(picked, whole)| {
        let picked: Vec<_> = picked.into_iter().map(|index| pieces()[index]).collect();
        let parts = picked.iter().map(|piece| format!("<div>{}</div>\n", piece.html));
        let body: String = parts.collect();
        let html = if whole {
            format!("<!DOCTYPE html>\n<html><head><title>Odd</title></head><body>{body}</body>")
        } else {
            body
        };
        let links = picked.iter().map(|piece| piece.links).sum();
        let holds: Vec<_> = picked.iter().map(|piece| piece.what).collect();
        let call = format!("count_links of a document with {}: {html}", holds.join(", "));
        expect_eq(call, &count_links(&html), &links);
    });
    let many = "<a href='/'>x</a>".repeat(70_000);
    expect_eq("count_links of a document with 70 000 links", &count_links(&many), &70_000);
}

fn every_page_once_and_in_order() {
    let mut pages = odd_articles(seed(), 50);
    // The first answers last; where results are put down as they come, it shows.
    pages[0].latency = Duration::from_millis(100);
    let moved = |page: &Page| Fault::Redirects { to: page.path.clone() };
    let target = pages[7].clone();
    pages.push(Page { links: target.links, ..Page::new("/old", "", 0) }.with_fault(moved(&target)));
    let old = pages[50].clone();
    pages.push(Page { links: target.links, ..Page::new("/older", "", 0) }.with_fault(moved(&old)));
    let site = Site::start(pages.clone());
    let got = visit("visit_pages of 52 pages", &site.urls(&pages), &WIDE);
    let want: Counts = pages.iter().map(|page| Ok(page.links)).collect();
    expect_eq("visit_pages of 52 pages, the last two of which have moved", &got, &want);
    for page in &pages {
        let want = if page.path == target.path {
            3
        } else if page.path == old.path {
            2
        } else {
            1
        };
        expect_eq(
            format_args!("visit_pages: the requests that came for {}", page.path),
            &site.requests(&page.path),
            &want,
        );
    }
    let latin = Page::new("/", "<p>Caf\u{e9} <a href='/menu'>menu</a></p>", 1);
    let latin = Site::start(vec![latin.with_fault(Fault::IsLatin1)]);
    let got = visit("visit_pages of a page that is not UTF-8", &[latin.url("/")], &WIDE);
    expect_eq("visit_pages of a page with a byte that is not UTF-8", &got, &vec![Ok(1)]);

    expect_eq("visit_pages(&[], …)", &visit("visit_pages of no pages", &[], &WIDE), &vec![]);
    for limits in [Limits { connections: 0, ..WIDE }, Limits { attempts: 0, ..WIDE }] {
        for count in [2, 0] {
            let urls = site.urls(&pages[..count]);
            let call = format!("visit_pages of {count} pages with {limits:?}");
            let limits = limits.clone();
            let outcome = in_time(&call, move || visit_pages(&urls, &limits, |_| ()));
            expect(
                outcome.is_err(),
                format_args!(
                    "{call} returned {outcome:?}: with 0 of either no page can be had, so it must panic."
                ),
            );
        }
    }
}

fn failures_stay_in_their_place() {
    let sound = |path: &str| Page::new(path, "<a href=/>home</a>", 1);
    let long = |path: &str| Page::new(path, &"<a href=/>home</a>\n".repeat(2000), 2000);
    let missing = Fault::Refuses { status: 404, times: usize::MAX, retry_after: None };
    let forbidden = Fault::Refuses { status: 403, times: usize::MAX, retry_after: None };
    let pages = vec![
        sound("/first"),
        sound("/missing").with_fault(missing),
        sound("/forbidden").with_fault(forbidden),
        long("/half").with_fault(Fault::BreaksOff { times: usize::MAX }),
        long("/endless").with_fault(Fault::NeverEnds),
        long("/large"),
        sound("/round").with_fault(Fault::Redirects { to: "/round".into() }),
        sound("/last"),
    ];
    let site = Site::start(pages.clone());
    let mut urls = site.urls(&pages);
    urls.insert(1, Site::nobody());
    let limits = Limits { max_bytes: 30_000, ..WIDE };
    let call = "visit_pages of sound pages and broken ones";
    let got = visit(call, &urls, &limits);
    expect_eq(format_args!("{call}: the number of results"), &got.len(), &urls.len());
    let broken = |count: &Result<_, _>| matches!(count, Err(PageError::Broken(_)));
    let kind = |holds: bool, url: &str, got: &Result<usize, PageError>, want: &str| {
        expect(holds, format_args!("{call}: {url}\n  expected {want}\n  got      {got:?}"));
    };
    let status = |status| Err(PageError::Status(status));
    let is = |index: usize, want: Result<usize, PageError>| {
        kind(got[index] == want, &urls[index], &got[index], &format!("{want:?}"));
    };
    is(0, Ok(1));
    is(8, Ok(1));
    kind(broken(&got[1]), "a port where nobody listens", &got[1], "Err(Broken(…))");
    is(2, status(404));
    is(3, status(403));
    kind(broken(&got[4]), "a page that breaks off in the middle", &got[4], "Err(Broken(…))");
    let large = Err(PageError::TooLarge);
    kind(got[5] == large, "a page that never ends", &got[5], "Err(TooLarge)");
    kind(
        got[6] == large,
        "a page of 38 000 bytes, where 30 000 are allowed",
        &got[6],
        "Err(TooLarge)",
    );
    kind(broken(&got[7]), "a page that redirects to itself", &got[7], "Err(Broken(…))");
    for path in ["/missing", "/forbidden", "/large", "/endless"] {
        expect_eq(
            format_args!("{call}: the requests that came for {path}, whose failure is final,"),
            &site.requests(path),
            &1,
        );
    }
    expect_eq(
        format_args!("{call}: the requests that came for /half, which breaks off each time,"),
        &site.requests("/half"),
        &3,
    );
    a_page_of_the_limit_is_taken();
    a_large_page_is_taken_where_it_may_be();
    too_slow_is_an_error();
    retries::what_is_no_address();
}

/// As many bytes as there may be, and one too many.
fn a_page_of_the_limit_is_taken() {
    let page = Page::new("/exact", "<a href=\"/\">home</a>", 1);
    let length = page.html.len();
    for (most, want) in [(length, Ok(1)), (length - 1, Err(PageError::TooLarge))] {
        let site = Site::start(vec![page.clone()]);
        let limits = Limits { max_bytes: most as u64, ..WIDE };
        let call = format!("visit_pages of a page of {length} bytes, {most} allowed");
        expect_eq(&call, &visit(&call, &[site.url("/exact")], &limits), &vec![want]);
    }
}

/// Where a client stops by itself, at 10 MiB say, it shows.
fn a_large_page_is_taken_where_it_may_be() {
    const LENGTH: usize = 11 << 20;
    let page = Page::new("/large", &"<!--   a MiB   -->".repeat(LENGTH / 18), 0);
    let site = Site::start(vec![page]);
    let limits = Limits { max_bytes: LENGTH as u64, timeout: PATIENCE, ..WIDE };
    let call = "visit_pages of a page of 11 MiB, as many allowed";
    expect_eq(call, &visit(call, &[site.url("/large")], &limits), &vec![Ok(0)]);
}

/// Time has to pass here for once; a slow machine only lets more of it pass.
fn too_slow_is_an_error() {
    let page = |path: &str, fault| Page::new(path, "<p>tick</p>", 0).with_fault(fault);
    let pages = vec![page("/silent", Fault::FallsSilent), page("/dripping", Fault::NeverEnds)];
    let site = Site::start(pages.clone());
    let timeout = Duration::from_millis(300);
    let limits = Limits { timeout, attempts: 3, max_bytes: u64::MAX, ..WIDE };
    for (page, what) in [
        (&pages[0], "a page that falls silent in the middle"),
        (&pages[1], "a page that comes in drops and never ends"),
    ] {
        let call = format!("visit_pages of {what}, with a timeout of 300 ms,");
        let got = visit(&call, &[site.url(&page.path)], &limits);
        expect_eq(&call, &got, &vec![Err(PageError::TimedOut)]);
        expect_eq(
            format_args!("{call} and 3 attempts: the requests that came"),
            &site.requests(&page.path),
            &3,
        );
    }
}

fn as_many_at_once_as_connections() {
    for connections in [4, 1, 3, 19] {
        let pages = plain(20);
        let site = Site::start(pages.clone());
        site.hold();
        let (seen, counts) = std::thread::scope(|scope| {
            let (site, urls) = (&site, site.urls(&pages));
            let limits = Limits { connections, ..WIDE };
            let visit = scope.spawn(move || visit_pages(&urls, &limits, |_| ()));
            let seen = wait_for(site, connections, || visit.is_finished());
            // A connection too many gets the time to come in too.
            Chance::default().wait(|| site.in_flight() > connections);
            site.release();
            (seen, unwrap(visit.join()))
        });
        expect(
            seen >= connections,
            format_args!(
                "visit_pages of 20 pages with {connections} connections: the site was asked for \
                 only {seen} of them at the same time, and held its answers back to see more. \
                 Download pages on {connections} threads at once."
            ),
        );
        expect(
            site.peak() <= connections,
            format_args!(
                "visit_pages of 20 pages with {connections} connections: the site had {} requests \
                 at the same time.",
                site.peak()
            ),
        );
        let want: Counts = pages.iter().map(|page| Ok(page.links)).collect();
        expect_eq("visit_pages of 20 pages that came late", &counts, &want);
    }
}

/// Waits for requests, or for the end of a visit that will send no more.
fn wait_for(site: &Site, wanted: usize, ended: impl Fn() -> bool) -> usize {
    let start = Instant::now();
    while start.elapsed() < PATIENCE && !ended() {
        let seen = site.wait_for(wanted, Duration::from_millis(20));
        if seen >= wanted {
            return seen;
        }
    }
    site.in_flight()
}

/// How far apart requests start in the tests of the rate.
const INTERVAL: Duration = Duration::from_millis(25);

/// Room for a submission that rounds its times to milliseconds.
const ROUNDED: Duration = Duration::from_millis(1);

/// Asserts that the arrivals keep the rate, from a start on.
///
/// Whatever delays a request, on its way or in this process, makes it arrive
/// later and never earlier. So the first `n` cannot all be here before
/// `n - 1` intervals have passed, however slow the machine is, unless they
/// were sent too early.
#[track_caller]
fn assert_rate(
    what: &str,
    (since, start): (&str, Instant),
    intervals_given: u32,
    arrivals: &[Instant],
) {
    for (number, arrival) in (0_u32..).zip(arrivals) {
        let least = INTERVAL * number.saturating_sub(intervals_given);
        let after = arrival.saturating_duration_since(start);
        if after + ROUNDED < least {
            fail(format!(
                "{what}: request {} came {} ms after {}, though with 25 ms between requests it may \
                 come after {} ms at the earliest. All connections share one rate, every attempt \
                 is a request, and time that nobody used is gone.",
                number + 1,
                after.as_millis(),
                since,
                least.as_millis(),
            ));
        }
    }
}

fn one_rate_for_all() {
    let limits = Limits { interval: INTERVAL, ..WIDE };
    let mut pages = plain(10);
    let once = Fault::Refuses { status: 500, times: 1, retry_after: None };
    pages.iter_mut().take(5).for_each(|page| page.fault = Some(once.clone()));
    let site = Site::start(pages.clone());
    let start = Instant::now();
    let counts = visit("visit_pages of 10 pages at a rate", &site.urls(&pages), &limits);
    let want: Counts = pages.iter().map(|page| Ok(page.links)).collect();
    expect_eq("visit_pages of 10 pages at a rate", &counts, &want);
    let arrivals: Vec<_> = site.arrivals().iter().map(|arrival| arrival.at).collect();
    expect_eq("visit_pages of 10 pages, 5 of which fail once: requests", &arrivals.len(), &15);
    assert_rate("visit_pages of 10 pages over 4 connections", ("the call", start), 0, &arrivals);

    // While the site is silent, turns pass by that nobody can use.
    let pages = plain(12);
    let site = Site::start(pages.clone());
    site.hold();
    let (before, answered) = std::thread::scope(|scope| {
        let (site, urls) = (&site, site.urls(&pages));
        let visit = scope.spawn(move || visit_pages(&urls, &limits, |_| ()));
        wait_for(site, WIDE.connections, || visit.is_finished());
        Chance::default().wait(|| visit.is_finished());
        let before = (site.arrivals().len(), Instant::now());
        site.release();
        (before, unwrap(visit.join()))
    });
    expect_eq("visit_pages of 12 pages at a rate: results", &answered.len(), &12);
    let arrivals: Vec<_> =
        site.arrivals().iter().skip(before.0).map(|arrival| arrival.at).collect();
    // One turn may have been taken already when the answers come.
    assert_rate(
        "visit_pages of 12 pages on a site that was silent for a while",
        ("the site answered again", before.1),
        1,
        &arrivals,
    );
    nothing_is_saved_up_in_a_pause();
}

/// One connection that pauses for longer than an interval: what it asks for next, and what
/// it asks for right after that, are an interval apart all the same.
fn nothing_is_saved_up_in_a_pause() {
    let mut pages = plain(4);
    let once = Fault::Refuses { status: 500, times: 1, retry_after: None };
    pages[0].fault = Some(once);
    let site = Site::start(pages.clone());
    let limits = Limits { interval: INTERVAL, connections: 1, ..WIDE };
    let call = "visit_pages of 4 pages over 1 connection, which paused after its first request";
    let urls = site.urls(&pages);
    let ended = unwrap(in_time(call, move || {
        let ended = Mutex::new(None);
        visit_pages(&urls, &limits, |pause| {
            if !pause.is_zero() {
                // Turns pass by meanwhile.
                Chance::default().wait(|| false);
                *ended.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
            }
        });
        ended.into_inner().unwrap_or_else(PoisonError::into_inner)
    }));
    let Some(ended) = ended else { fail(format!("{call}: `pause` was not called.")) };
    // Who keeps to one connection asks for nothing during the pause.
    let arrivals: Vec<_> = site.arrivals().iter().map(|arrival| arrival.at).collect();
    let after: Vec<_> = arrivals.into_iter().filter(|&at| at > ended).collect();
    assert_rate(call, ("the pause", ended), 0, &after);
}

fn the_most_links_win() {
    let name = "[a-cA-C]{1,3}";
    let count = prop_oneof![
        4 => (0..4_usize).prop_map(Ok),
        1 => Just(Err(PageError::TimedOut)),
        1 => Just(Err(PageError::Status(404))),
    ];
    property(300, prop::collection::vec((name, count), 0..8), |pages| {
        let (urls, counts): (Vec<String>, Counts) = pages.iter().cloned().unzip();
        let mut sound: Vec<(&str, usize)> = pages
            .iter()
            .filter_map(|(url, count)| Some((url.as_str(), *count.as_ref().ok()?)))
            .collect();
        sound.sort_by(|left, right| right.1.cmp(&left.1).then_with(|| left.0.cmp(right.0)));
        let call = format!("most_links(&{urls:?}, &{counts:?})");
        expect_eq(call, &most_links(&urls, &counts), &sound.first().copied());
    });
}
