//! Visits real pages with your own code from question 4.3, politely:
//! `cargo run -p exercise4 --features live --example live -- URL…`

use std::process::ExitCode;

use exercise4::{Limits, most_links, visit_pages};

fn main() -> ExitCode {
    let urls: Vec<String> = std::env::args().skip(1).collect();
    if urls.is_empty() {
        eprintln!("name the pages to visit: https://…");
        return ExitCode::from(2);
    }
    let counts = visit_pages(&urls, &Limits::default(), std::thread::sleep);
    for (url, count) in std::iter::zip(&urls, &counts) {
        match count {
            Ok(links) => println!("{links:6} links  {url}"),
            Err(error) => println!("       error  {url}: {error}"),
        }
    }
    if let Some((url, links)) = most_links(&urls, &counts) {
        println!("most links: {url}, with {links}");
    }
    ExitCode::SUCCESS
}
