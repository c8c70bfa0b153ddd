//! What question 4.3 asks for again, after which pause, and what it tells in the end.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use exercise4::{Limits, PageError, visit_pages};
use harness::crew::{comes_true, in_time, unwrap};
use harness::{expect, expect_eq};
use site::{Fault, Page, Site};

use super::{Counts, WIDE};

/// What a visit of one page was, pause by pause.
#[derive(Debug, PartialEq)]
struct Story {
    /// Requests that had come before each pause, and its length.
    pauses: Vec<(usize, Duration)>,
    requests: usize,
    result: Counts,
}

/// What a page does, how, the pauses that it is due, and its result.
type Case<'a> = (&'a str, Fault, &'a [(usize, Duration)], Result<usize, PageError>);

/// More attempts than anybody would count by hand.
fn all_attempts_are_made() {
    let fault = Fault::Refuses { status: 503, times: 24, retry_after: None };
    let site = Site::start(vec![Page::new("/page", "<a href=/>home</a>", 1).with_fault(fault)]);
    let urls = [site.url("/page")];
    let limits = Limits { attempts: 25, ..WIDE };
    let call = "visit_pages of a page that answers 503 to 24 requests, with 25 attempts";
    let got = unwrap(in_time(call, move || visit_pages(&urls, &limits, |_| ())));
    expect_eq(call, &got, &vec![Ok(1)]);
}

/// A connection that cannot be made may be made the next time.
fn nobody_is_asked_again() {
    let call = "visit_pages of a port where nobody listens";
    let (pauses, got) = unwrap(in_time(call, || {
        let pauses = Mutex::new(Vec::new());
        let got = visit_pages(&[Site::nobody()], &WIDE, |pause| {
            if !pause.is_zero() {
                pauses.lock().unwrap_or_else(PoisonError::into_inner).push(pause);
            }
        });
        (pauses.into_inner().unwrap_or_else(PoisonError::into_inner), got)
    }));
    expect(
        matches!(&got[..], [Err(PageError::Broken(words))] if !words.is_empty()),
        format_args!("{call} gave {got:?}: it must be `Broken`, with the client's words."),
    );
    let ms = Duration::from_millis;
    expect_eq(
        format_args!("{call}, with 3 attempts and a back-off of 100 ms: the calls of `pause`"),
        &pauses,
        &vec![ms(100), ms(200)],
    );
}

pub fn what_may_pass_is_tried_again() {
    let ms = Duration::from_millis;
    let refuses = |status, times, retry_after| Fault::Refuses { status, times, retry_after };
    let always = usize::MAX;
    let status = |status| Err(PageError::Status(status));
    let short = [(1, ms(100)), (2, ms(200))];
    let cases: [Case<'_>; 20] = [
        ("answers 500 once", refuses(500, 1, None), &short[..1], Ok(1)),
        ("answers 503 twice", refuses(503, 2, None), &short, Ok(1)),
        ("always answers 500", refuses(500, always, None), &short, status(500)),
        ("always answers 429", refuses(429, always, None), &short, status(429)),
        ("breaks off once", Fault::BreaksOff { times: 1 }, &short[..1], Ok(1)),
        (
            "answers 429 with Retry-After: 7 once",
            refuses(429, 1, Some("7")),
            &[(1, ms(7000))],
            Ok(1),
        ),
        (
            "answers 503 with Retry-After: 2 twice",
            refuses(503, 2, Some("2")),
            &[(1, ms(2000)), (2, ms(2000))],
            Ok(1),
        ),
        ("answers 429 with Retry-After: 0 twice", refuses(429, 2, Some("0")), &short, Ok(1)),
        (
            "answers 429 once, with a Retry-After that is a date",
            refuses(429, 1, Some("Wed, 21 Oct 2026 07:28:00 GMT")),
            &short[..1],
            Ok(1),
        ),
        ("answers 404 with Retry-After: 7", refuses(404, always, Some("7")), &[], status(404)),
        (
            "answers 503 with Retry-After: 86400 once",
            refuses(503, 1, Some("86400")),
            &[(1, Duration::from_secs(86_400))],
            Ok(1),
        ),
        (
            "answers 503 with Retry-After: 4294967301 once",
            refuses(503, 1, Some("4294967301")),
            &[(1, Duration::from_secs(4_294_967_301))],
            Ok(1),
        ),
        (
            "always answers 503 with Retry-After: 7",
            refuses(503, always, Some("7")),
            &[(1, ms(7000)), (2, ms(7000))],
            status(503),
        ),
        ("answers 408", refuses(408, always, None), &[], status(408)),
        ("answers 425", refuses(425, always, None), &[], status(425)),
        ("answers 430", refuses(430, always, None), &[], status(430)),
        ("answers 499", refuses(499, always, None), &[], status(499)),
        ("answers 599 once", refuses(599, 1, None), &short[..1], Ok(1)),
        (
            "answers 500 with Retry-After: 3 once",
            refuses(500, 1, Some("3")),
            &[(1, ms(3000))],
            Ok(1),
        ),
        ("answers 203, a status of success,", refuses(203, always, None), &[], Ok(1)),
    ];
    for (what, fault, pauses, result) in cases {
        let page = Page::new("/page", "<a href=/>home</a>", 1).with_fault(fault);
        let site = Site::start(vec![page]);
        let call = format!("visit_pages of a page that {what}");
        let story = unwrap(in_time(&call, move || {
            let pauses = Mutex::new(Vec::new());
            let result = visit_pages(&[site.url("/page")], &WIDE, |pause| {
                if !pause.is_zero() {
                    let mut pauses = pauses.lock().unwrap_or_else(PoisonError::into_inner);
                    pauses.push((site.requests("/page"), pause));
                }
            });
            let pauses = pauses.into_inner().unwrap_or_else(PoisonError::into_inner);
            Story { pauses, requests: site.requests("/page"), result }
        }));
        expect_eq(format_args!("{call}: its result"), &story.result, &vec![result]);
        expect_eq(
            format_args!("{call}: the requests that came, with 3 attempts allowed,"),
            &story.requests,
            &(pauses.len() + 1),
        );
        expect_eq(
            format_args!(
                "{call}, with a back-off of 100 ms: the calls of `pause`, each with the number of requests before it,"
            ),
            &story.pauses[..],
            pauses,
        );
    }
    its_own_pause_may_be_longer();
    there_may_be_many_attempts();
    the_last_error_is_told();
    nobody_is_asked_again();
    all_attempts_are_made();
    a_pause_holds_nobody_up();
}

/// The first page fails once, and its pause ends when the other connections have asked for more
/// than was under way, or for three quarters of all: some deal the pages out beforehand.
fn a_pause_holds_nobody_up() {
    const COUNT: usize = 100;
    let fault = Fault::Refuses { status: 503, times: 1, retry_after: None };
    let page = |n: usize| Page::new(&format!("/page/{n}"), "<a href=/>home</a>", 1);
    let mut pages: Vec<Page> = (0..COUNT).map(page).collect();
    pages[0] = page(0).with_fault(fault);
    let call = "visit_pages of 100 pages over 4 connections, the first of which answers 503 once";
    let (counts, went_on) = unwrap(in_time(call, move || {
        let site = Site::start(pages.clone());
        let requests = || pages.iter().map(|page| site.requests(&page.path)).sum::<usize>();
        let went_on = AtomicBool::new(true);
        let limits = Limits { connections: 4, ..WIDE };
        let counts = visit_pages(&site.urls(&pages), &limits, |pause| {
            let enough = (requests() + 8).min(COUNT * 3 / 4);
            if !pause.is_zero() && !comes_true(|| requests() >= enough) {
                went_on.store(false, Ordering::Relaxed);
            }
        });
        (counts, went_on.into_inner())
    }));
    expect(
        went_on,
        format_args!(
            "{call}: during the pause of that page nothing more was asked for. Let the other \
             connections go on: whatever they need, a lock say, must be free while you call `pause`."
        ),
    );
    expect_eq(call, &counts, &vec![Ok(1); COUNT]);
}

/// What is no address is an error in its place, and changes nothing for the others.
pub fn what_is_no_address() {
    let site = Site::start(vec![Page::new("/page", "<a href=/>home</a>", 1)]);
    let urls =
        ["no address", "", "ftp://127.0.0.1/", &site.url("/page")].map(str::to_owned).to_vec();
    let call = format!("visit_pages of {urls:?}");
    let got = super::visit(&call, &urls, &Limits { attempts: 1, ..WIDE });
    let broken = |count: &Result<_, _>| matches!(count, Err(PageError::Broken(_)));
    expect_eq(
        format_args!("{call}: which of the results are `Broken`"),
        &got.iter().map(broken).collect(),
        &vec![true, true, true, false],
    );
}

/// The server's time is the least, not the only one.
fn its_own_pause_may_be_longer() {
    let fault = Fault::Refuses { status: 503, times: 1, retry_after: Some("1") };
    let site = Site::start(vec![Page::new("/page", "", 0).with_fault(fault)]);
    let long = Duration::from_millis(1500);
    let call =
        "visit_pages of a page that answers 503 with Retry-After: 1, with a back-off of 1.5 s";
    let pauses = unwrap(in_time(call, move || {
        let pauses = Mutex::new(Vec::new());
        let limits = Limits { back_off: long, ..WIDE };
        visit_pages(&[site.url("/page")], &limits, |pause| {
            if !pause.is_zero() {
                pauses.lock().unwrap_or_else(PoisonError::into_inner).push(pause);
            }
        });
        pauses.into_inner().unwrap_or_else(PoisonError::into_inner)
    }));
    expect_eq(format_args!("{call}: the calls of `pause`"), &pauses, &vec![long]);
}

/// Six requests, and five pauses, each twice as long as the one before, however long.
fn there_may_be_many_attempts() {
    pauses_double_from(Duration::from_millis(100), [100, 200, 400, 800, 1600]);
    pauses_double_from(Duration::from_secs(45), [45_000, 90_000, 180_000, 360_000, 720_000]);
}

fn pauses_double_from(back_off: Duration, pauses: [u128; 5]) {
    let fault = Fault::Refuses { status: 500, times: 5, retry_after: None };
    let page = Page::new("/page", "<a href=\"/\">home</a>", 1).with_fault(fault);
    let site = Site::start(vec![page]);
    let call = format!(
        "visit_pages of a page that answers 500 five times, with 6 attempts allowed and a back-off of {back_off:?}"
    );
    let got = unwrap(in_time(&call, move || {
        let pauses = Mutex::new(Vec::new());
        let limits = Limits { attempts: 6, back_off, ..WIDE };
        let counts = visit_pages(&[site.url("/page")], &limits, |pause| {
            if !pause.is_zero() {
                pauses.lock().unwrap_or_else(PoisonError::into_inner).push(pause.as_millis());
            }
        });
        (counts, pauses.into_inner().unwrap_or_else(PoisonError::into_inner))
    }));
    let want = (vec![Ok(1)], pauses.to_vec());
    expect_eq(format_args!("{call}: its result, and the calls of `pause` in ms"), &got, &want);
}

/// The site answers once, and is gone at the second request.
fn the_last_error_is_told() {
    let fault = Fault::Refuses { status: 500, times: usize::MAX, retry_after: None };
    let site = Site::start(vec![Page::new("/page", "", 0).with_fault(fault)]);
    let call = "visit_pages of a page that answers 500 once, and whose server is gone then";
    let got = unwrap(in_time(call, move || {
        let (url, site) = (site.url("/page"), Mutex::new(Some(site)));
        let limits = Limits { attempts: 2, ..WIDE };
        visit_pages(&[url], &limits, |pause| {
            if !pause.is_zero() {
                drop(site.lock().unwrap_or_else(PoisonError::into_inner).take());
            }
        })
    }));
    expect(
        matches!(got.as_slice(), [Err(PageError::Broken(_))]),
        format_args!("{call} gave {got:?}: the error of its last request is the page's."),
    );
}
