//! A web site on loopback that ships with the kit.
//!
//! [`Site::start`] serves [`Page`]s over real HTTP/1.1 from a thread of its
//! own, so that blocking and asynchronous clients can visit it alike, and
//! keeps books: requests in flight, their peak, when each one came. A page may
//! have a [`Fault`] to order. Where a test needs an order of events, it holds
//! the answers back ([`Site::hold`]) instead of waiting for time to pass.
//!
//! `cargo site` shows the same pages to a browser.

mod encyclopedia;
mod ledger;
mod odd;
mod page;
mod reply;
mod server;

pub use encyclopedia::{articles, exhibits, home, odd_articles};
pub use ledger::Arrival;
pub use odd::{Piece, pieces};
pub use page::{Fault, Page};
pub use server::Site;
