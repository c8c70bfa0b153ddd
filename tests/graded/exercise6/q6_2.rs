//! Checks of question 6.2: the same pages in a row, with threads, with tasks.

use std::time::{Duration, Instant};

use exercise6::{PageError, download_async, download_sequential, download_threads};
use harness::proptest::prelude::*;
use harness::{PATIENCE, checks, expect, expect_eq, fail, property, threads_now};
use site::{Fault, Page, Site, odd_articles};

use harness::crew::{Chance, in_time, unwrap};

checks! {
    "6.2/pages" => the_same_pages_three_times,
    "6.2/errors" => failures_stay_in_their_place,
    "6.2/threads" => in_a_row_and_with_threads,
    "6.2/async" => many_connections_on_one_thread,
    "6.2/limit" => tasks_keep_their_limit,
}

type Pages = Vec<Result<String, PageError>>;

/// A function of the question, with the number of pages at once.
type Download = fn(&[String], usize, Duration) -> Pages;

/// The three, for what they have in common.
const WAYS: [(&str, Download); 3] = [
    ("download_sequential", |urls, _, timeout| download_sequential(urls, timeout)),
    ("download_threads", download_threads),
    ("download_async", on_this_thread),
];

/// Longest time, which no sound page of these tests comes near.
const LONG: Duration = Duration::from_secs(60);

/// Runs `download_async` to its end on the caller's thread and no other.
fn on_this_thread(urls: &[String], limit: usize, timeout: Duration) -> Pages {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("the system gives a runtime what it needs");
    runtime.block_on(download_async(urls, limit, timeout))
}

/// Downloads on a thread of its own, so that nobody waits for ever.
#[track_caller]
fn download(
    what: &str,
    way: Download,
    urls: &[String],
    at_once: usize,
    timeout: Duration,
) -> Pages {
    let urls = urls.to_vec();
    unwrap(in_time(what, move || way(&urls, at_once, timeout)))
}

fn the_same_pages_three_times() {
    for (name, way) in WAYS {
        // The first answers last; where pages are put down as they come, it shows.
        let mut pages = odd_articles(harness::seed(), 20);
        pages[0].latency = Duration::from_millis(100);
        let site = Site::start(pages.clone());
        let call = format!("{name} of 20 pages, 4 at once, the first of which comes last");
        let got = download(&call, way, &site.urls(&pages), 4, LONG);
        let got: Vec<_> = got.into_iter().map(|page| page.map(|html| title_of(&html))).collect();
        let want: Vec<_> = pages.iter().map(|page| Ok(title_of(&page.html))).collect();
        expect_eq(format_args!("{call}: the titles"), &got, &want);
        let call = format!("{name} of no pages");
        expect_eq(&call, &download(&call, way, &[], 4, LONG), &vec![]);
    }
    let odd = [Page::new("/menu", "<p>Caf\u{e9}</p>", 0).with_fault(Fault::IsLatin1)];
    for (name, way) in WAYS {
        let site = Site::start(odd.to_vec());
        let call = format!("{name} of a page with a byte that is not UTF-8");
        let got = download(&call, way, &site.urls(&odd), 1, LONG);
        // What a client puts in its place is the client's affair.
        let is_whole = |html: &String| html.starts_with("<p>Caf") && html.ends_with("</p>");
        expect(
            matches!(got.as_slice(), [Ok(html)] if is_whole(html)),
            format_args!("{call} gave {got:?}: the byte is to be replaced, and the rest to stay."),
        );
    }
    for ((name, way), status) in WAYS.iter().flat_map(|way| [203, 299].map(|status| (way, status)))
    {
        let proxied = Fault::Refuses { status, times: usize::MAX, retry_after: None };
        let proxied = [Page::new("/proxied", "", 0).with_fault(proxied)];
        let site = Site::start(proxied.to_vec());
        let call = format!("{name} of a page with the status {status}, which is one of success");
        let got = download(&call, *way, &site.urls(&proxied), 1, LONG);
        expect(got[0].is_ok(), format_args!("{call} gave {got:?}."));
    }
    for (name, way) in &WAYS[1..] {
        for urls in [vec!["http://127.0.0.1:9/".to_owned()], vec![]] {
            let call = format!("{name} of {} pages with 0 at once", urls.len());
            let outcome = in_time(&call, move || way(&urls, 0, LONG));
            expect(
                outcome.is_err(),
                format_args!("{call} returned {outcome:?}: nobody can download, so it must panic."),
            );
        }
    }
    // Where a client stops at 10 MiB by itself, it shows.
    let large = [Page::new("/large", &"a MiB...".repeat(11 << 17), 0)];
    for (name, way) in WAYS {
        let site = Site::start(large.to_vec());
        let call = format!("{name} of a page of 11 MiB");
        let got = download(&call, way, &site.urls(&large), 1, LONG);
        expect_eq(
            format_args!("{call}: the length of the text"),
            &got.into_iter().map(|page| page.map(|text| text.len())).collect::<Vec<_>>(),
            &vec![Ok(11 << 20)],
        );
    }
    let texts = prop::collection::vec("[a-zé字<>& \r\n\0]{0,40}", 1..12);
    property(25, (texts, 1..=6_usize), |(texts, at_once)| {
        let page = |(n, text): (usize, &String)| Page::new(&format!("/{n}"), text, 0);
        let pages: Vec<_> = texts.iter().enumerate().map(page).collect();
        let site = Site::start(pages.clone());
        let want: Pages = texts.iter().cloned().map(Ok).collect();
        for (name, way) in WAYS {
            let call = format!("{name} of pages that say {texts:?}, {at_once} at once");
            expect_eq(&call, &download(&call, way, &site.urls(&pages), at_once, LONG), &want);
        }
        for page in &pages {
            expect_eq(
                format_args!("the requests for {} after all three", page.path),
                &site.requests(&page.path),
                &3,
            );
        }
    });
}

fn title_of(html: &str) -> String {
    let title = html.split("<title>").nth(1).unwrap_or(html);
    title.split("</title>").next().unwrap_or_default().to_owned()
}

fn failures_stay_in_their_place() {
    let text = "<p>A page of the kit.</p>\n".repeat(500);
    let page = |path: &str| Page::new(path, &text, 0);
    let refuses = |status| Fault::Refuses { status, times: usize::MAX, retry_after: None };
    let pages = vec![
        page("/first"),
        page("/missing").with_fault(refuses(404)),
        page("/down").with_fault(refuses(503)),
        page("/choices").with_fault(refuses(300)),
        page("/known").with_fault(refuses(304)),
        page("/half").with_fault(Fault::BreaksOff { times: usize::MAX }),
        page("/moved").with_fault(Fault::Redirects { to: "/new".to_owned() }),
        page("/last"),
    ];
    for (name, way) in WAYS {
        let site = Site::start([pages.clone(), vec![page("/new")]].concat());
        let mut urls = site.urls(&pages);
        urls.insert(1, Site::nobody());
        let call = format!("{name} of sound pages and broken ones");
        let got = download(&call, way, &urls, 3, LONG);
        let told = |page: &Result<String, PageError>| match page {
            Ok(html) if *html == text => "the page".to_owned(),
            Ok(html) => format!("a page of {} bytes", html.len()),
            Err(PageError::Broken(words)) if words.is_empty() => "Broken, without words".to_owned(),
            Err(PageError::Broken(_)) => "Broken".to_owned(),
            Err(other) => format!("{other:?}"),
        };
        let mut got: Vec<_> = got.iter().map(told).collect();
        // Clients differ in a redirect without an address, and both are right.
        if got.get(4).is_some_and(|page| page == "Broken") {
            got[4] = "Status(300)".to_owned();
        }
        let want = [
            ("a page", "the page"),
            ("a port where nobody listens", "Broken"),
            ("404", "Status(404)"),
            ("503", "Status(503)"),
            ("300", "Status(300)"),
            ("304", "Status(304)"),
            ("a page that breaks off", "Broken"),
            ("a redirect to a page", "the page"),
            ("a page", "the page"),
        ];
        let kinds = want.map(|(kind, _)| kind).join(", ");
        let want: Vec<_> = want.iter().map(|(_, page)| page.to_string()).collect();
        expect_eq(format_args!("{call}: {kinds}"), &got, &want);
        for page in &pages {
            let asked = site.requests(&page.path);
            expect(
                asked == 1,
                format_args!(
                    "{call}: {} was asked for {asked} times. A page that fails is told, and not \
                     asked for again.",
                    page.path
                ),
            );
        }
    }
    for (name, way) in WAYS {
        let urls = ["no address", "", "ftp://127.0.0.1/"].map(str::to_owned);
        let call = format!("{name} of {urls:?}");
        let got = download(&call, way, &urls, 2, LONG);
        let broken = |page: &Result<_, _>| matches!(page, Err(PageError::Broken(_)));
        expect(got.len() == 3 && got.iter().all(broken), format_args!("{call} gave {got:?}."));
    }
    each_page_has_a_timeout_of_its_own();
}

/// Time has to pass here for once, for all three ways at the same time. A sound page
/// has seventy times what it needs, so that a slow machine fails nobody.
fn each_page_has_a_timeout_of_its_own() {
    const TIMEOUT: Duration = Duration::from_millis(1500);
    let pages = [
        Page::new("/silent", "silent", 0).with_fault(Fault::FallsSilent),
        // Each of its drops is there in time, and the last one never.
        Page::new("/dripping", "drip", 0).with_fault(Fault::NeverEnds),
        // Any time at all is too little where the others have used up that of all.
        Page::new("/behind", "behind", 0).after(Duration::from_millis(20)),
    ];
    let begun = WAYS.map(|(name, way)| {
        let site = Site::start(pages.to_vec());
        let urls = site.urls(&pages);
        (name, site, std::thread::spawn(move || way(&urls, 1, TIMEOUT)))
    });
    for (name, _site, download) in begun {
        let call = format!(
            "{name} of a page that falls silent, one that comes in drops and never ends, and a sound \
             one behind them, 1 at once, with a timeout of {TIMEOUT:?} for each"
        );
        let got = in_time(&call, move || unwrap(download.join()));
        let late = || Err(PageError::TimedOut);
        let want = vec![late(), late(), Ok("behind".to_owned())];
        expect_eq(&call, &unwrap(got), &want);
    }
}

/// What a site saw of a download whose answers it held back for a while.
struct Seen {
    /// Requests at the same time, while the answers were held back.
    together: usize,
    /// Most requests at the same time, to the end.
    peak: usize,
    /// Threads of the process that were not there before.
    threads: usize,
}

/// Lets a download of `count` pages run into a site that answers nobody until
/// `wanted` requests are there.
#[track_caller]
fn watch(name: &str, way: Download, count: usize, at_once: usize, wanted: usize) -> Seen {
    let pages: Vec<_> = (0..count).map(|n| Page::new(&format!("/{n}"), "page", 0)).collect();
    let site = Site::start(pages.clone());
    site.hold();
    let urls = site.urls(&pages);
    let (together, threads, got) = std::thread::scope(|scope| {
        let before = threads_now();
        let call = scope.spawn(move || way(&urls, at_once, LONG));
        let together = wait_for(&site, wanted, || call.is_finished());
        // One too many gets the time to come in too.
        let surplus = Duration::from_millis(100);
        site.wait_for(wanted + 1, if together < wanted { Duration::ZERO } else { surplus });
        // The thread of the call itself is not counted, nor one that is just ending.
        Chance::default().wait(|| threads_now() <= before + 1);
        let threads = threads_now().saturating_sub(before + 1);
        site.release();
        (together, threads, unwrap(call.join()))
    });
    let there = got.iter().filter(|page| page.as_deref() == Ok("page")).count();
    expect_eq(format_args!("{name} of {count} pages: those that came"), &there, &count);
    Seen { together, peak: site.peak(), threads }
}

/// Waits for requests, or for the end of a download that will send no more.
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

/// Asserts that exactly `at_once` requests were at the site together.
#[track_caller]
fn expect_together(name: &str, seen: &Seen, count: usize, at_once: usize) {
    let Seen { together, peak, .. } = seen;
    expect(
        *together >= at_once,
        format_args!(
            "{name} of {count} pages, {at_once} at once: the site was asked for only {together} at \
             the same time, and held its answers back to see more."
        ),
    );
    expect(
        *peak <= at_once,
        format_args!(
            "{name} of {count} pages, {at_once} at once: the site had {peak} requests at the same time."
        ),
    );
}

fn in_a_row_and_with_threads() {
    let [(row, in_a_row), (threads, with_threads), _] = WAYS;
    let seen = watch(row, in_a_row, 5, 1, 1);
    expect_together(row, &seen, 5, 1);
    expect(
        seen.threads == 0,
        format_args!(
            "{row} of 5 pages: while a page was on its way there were {} threads more than before. \
             It has the caller's thread, and no other.",
            seen.threads
        ),
    );
    for (count, at_once) in [(15, 5), (15, 2), (60, 40)] {
        let seen = watch(threads, with_threads, count, at_once, at_once);
        expect_together(threads, &seen, count, at_once);
    }
    expect_no_waiting(threads, with_threads);
}

/// Asserts that a page which takes long holds up no other one: the site answers
/// it only when all have been asked for.
#[track_caller]
fn expect_no_waiting(name: &str, way: Download) {
    const COUNT: usize = 6;
    let mut pages: Vec<_> = (0..COUNT).map(|n| Page::new(&format!("/{n}"), "page", 0)).collect();
    pages[0].fault = Some(Fault::Waits { requests: COUNT });
    let site = Site::start(pages.clone());
    let call = format!("{name} of {COUNT} pages, 2 at once");
    let got = download(&call, way, &site.urls(&pages), 2, PATIENCE);
    expect(
        got[0].is_ok(),
        format_args!(
            "{call}: the site kept page 0 back until the others had been asked for, too, and that \
             never came. While a page takes its time, the rest must go on: whoever is free takes the \
             next one."
        ),
    );
    let there = got.iter().filter(|page| page.as_deref() == Ok("page")).count();
    expect_eq(format_args!("{call}: those that came"), &there, &COUNT);
}

fn many_connections_on_one_thread() {
    let [.., (name, way)] = WAYS;
    let seen = watch(name, way, 200, 200, 200);
    expect_together(name, &seen, 200, 200);
    // A few are allowed: a client may look names up beside the runtime.
    expect(
        seen.threads <= 4,
        format_args!(
            "{name} of 200 pages: the runtime has one thread, and yet there were {} more while the \
             pages were on their way. A task waits without a thread: use a client whose functions \
             are `async`, and await it.",
            seen.threads
        ),
    );
    let three: Vec<_> = (0..3).map(|n| Page::new(&format!("/{n}"), "page", 0)).collect();
    let site = Site::start(three.clone());
    let call = format!("{name} of 3 pages with a limit of usize::MAX");
    let urls = site.urls(&three);
    let Ok(got) = in_time(&call, move || way(&urls, usize::MAX, PATIENCE)) else {
        fail(format!(
            "{call} panicked. No limit is too large, but what counts places may have a bound of its \
             own: look it up, and stay below it."
        ))
    };
    let there = got.iter().filter(|page| page.is_ok()).count();
    expect_eq(format_args!("{call}: those that came"), &there, &3);
    let left = in_time("download_async of 3 pages, dropped half-way", left_behind);
    expect_eq(
        "the downloads that go on after the future of download_async was dropped",
        &unwrap(left),
        &0,
    );
}

/// How many of three downloads go on when the future is dropped that began them, while
/// the runtime goes on.
fn left_behind() -> usize {
    let pages: Vec<_> = (0..3).map(|n| Page::new(&format!("/{n}"), "page", 0)).collect();
    let site = Site::start(pages.clone());
    site.hold();
    let urls = site.urls(&pages);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("the system gives a runtime what it needs");
    let moment = Duration::from_millis(5);
    runtime.block_on(async {
        let (mut download, start) = (Box::pin(download_async(&urls, 3, LONG)), Instant::now());
        while site.in_flight() < pages.len() && start.elapsed() < PATIENCE {
            let _ = tokio::time::timeout(moment, &mut download).await;
        }
        drop(download);
        // The site sees the end of a connection when it comes to it.
        let dropped = Instant::now();
        while site.in_flight() > 0 && dropped.elapsed() < PATIENCE {
            tokio::task::yield_now().await;
        }
        site.in_flight()
    })
}

fn tasks_keep_their_limit() {
    let [.., (name, way)] = WAYS;
    for limit in [20, 1] {
        let count = 3 * limit + 5;
        expect_together(name, &watch(name, way, count, limit, limit), count, limit);
    }
    expect_no_waiting(name, way);
}
