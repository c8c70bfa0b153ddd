//! Shows the site to a browser: `cargo site`, or `cargo site PORT`.

use std::process::ExitCode;

use site::{Site, articles, exhibits, home};

/// The port where nothing else is asked for.
const PORT: u16 = 4300;

fn main() -> ExitCode {
    let port = match std::env::args().nth(1).map(|port| port.parse()) {
        None => PORT,
        Some(Ok(port)) => port,
        Some(Err(_)) => {
            eprintln!("usage: cargo site [PORT]");
            return ExitCode::from(2);
        }
    };
    let mut pages = articles(1, 56);
    pages.extend(exhibits(1));
    pages.push(home(&pages));
    match Site::start_on(port, pages) {
        Ok(site) => {
            println!("the site is at {} until you press Ctrl-C", site.url("/"));
            loop {
                std::thread::park();
            }
        }
        Err(error) => {
            eprintln!("port {port} cannot be used ({error}); name another one: cargo site 4301");
            ExitCode::FAILURE
        }
    }
}
