//! The server: one thread with a runtime of its own.

use std::collections::HashMap;
use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use course::fault::needed;
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_LENGTH, CONTENT_TYPE, LOCATION, RETRY_AFTER};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use supervise::loopback;
use tokio::sync::oneshot;

use crate::encyclopedia::STYLE;
use crate::ledger::{Arrival, Ledger};
use crate::page::{Fault, Page};
use crate::reply::{Reply, Rest};

/// A running site; it ends, with its thread, when dropped.
#[derive(Debug)]
pub struct Site {
    address: SocketAddr,
    ledger: Arc<Ledger>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Site {
    /// Serves `pages` on a free port of the loopback interface.
    ///
    /// # Panics
    /// With a [`MachineFault`](course::fault::MachineFault) where the system lets
    /// nobody listen or come, or has no thread to give.
    #[must_use]
    pub fn start(pages: Vec<Page>) -> Self {
        let site = loopback::listen().and_then(|listener| Self::serve_on(listener, pages));
        let site = needed(site, "a free port of the loopback interface");
        // Where the interface is down one may listen, but nobody can come.
        needed(TcpStream::connect(site.address), "the harness cannot reach its own server");
        site
    }

    /// An address where nobody listens: it was ours a moment ago.
    ///
    /// # Panics
    /// As [`Site::start`].
    #[must_use]
    pub fn nobody() -> String {
        let address = loopback::listen().and_then(|listener| listener.local_addr());
        format!("http://{}/", needed(address, "a free port of the loopback interface"))
    }

    /// Serves `pages` on this port of the loopback interface.
    ///
    /// # Errors
    /// When the port is taken, or the system has no thread to give.
    pub fn start_on(port: u16, pages: Vec<Page>) -> std::io::Result<Self> {
        Self::serve_on(TcpListener::bind((Ipv4Addr::LOCALHOST, port))?, pages)
    }

    fn serve_on(listener: TcpListener, pages: Vec<Page>) -> std::io::Result<Self> {
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let ledger = Arc::new(Ledger::new());
        let (stop, stopped) = oneshot::channel();
        let shop = Arc::new(Shop {
            ledger: Arc::clone(&ledger),
            pages: pages.into_iter().map(|page| (page.path.clone(), page)).collect(),
        });
        let work = move || {
            runtime.spawn(serve(listener, shop));
            // Either way the site is dropped; the runtime goes with this
            // thread, and every connection with the runtime.
            let _ = runtime.block_on(stopped);
        };
        let thread = std::thread::Builder::new().name("site".into()).spawn(work)?;
        Ok(Self { address, ledger, stop: Some(stop), thread: Some(thread) })
    }

    /// The address of a path.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The addresses of pages, in their order.
    #[must_use]
    pub fn urls(&self, pages: &[Page]) -> Vec<String> {
        pages.iter().map(|page| self.url(&page.path)).collect()
    }

    /// Requests that have come and whose answer is not complete.
    #[must_use]
    pub fn in_flight(&self) -> usize {
        self.ledger.in_flight()
    }

    /// Most requests that were in flight together.
    #[must_use]
    pub fn peak(&self) -> usize {
        self.ledger.peak()
    }

    /// All requests so far, in the order in which they came.
    #[must_use]
    pub fn arrivals(&self) -> Vec<Arrival> {
        self.ledger.arrivals()
    }

    /// How many requests came for a path.
    #[must_use]
    pub fn requests(&self, path: &str) -> usize {
        self.arrivals().iter().filter(|arrival| arrival.path == path).count()
    }

    /// Holds every answer back that has not begun, until [`Site::release`].
    pub fn hold(&self) {
        self.ledger.hold(true);
    }

    /// Lets the answers go, these and later ones.
    pub fn release(&self) {
        self.ledger.hold(false);
    }

    /// Waits until `wanted` requests are in flight, and not longer than
    /// `patience`. Returns how many there were in the end.
    pub fn wait_for(&self, wanted: usize, patience: Duration) -> usize {
        self.ledger.wait_for(wanted, patience)
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // Nobody to tell where the thread has ended by itself.
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// What a connection needs to answer.
#[derive(Debug)]
struct Shop {
    ledger: Arc<Ledger>,
    pages: HashMap<String, Page>,
}

async fn serve(listener: TcpListener, shop: Arc<Shop>) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
    loop {
        // A connection that is gone before it was accepted concerns nobody.
        let Ok((stream, _)) = listener.accept().await else { continue };
        // Only a matter of speed, so a refusal does not matter.
        let _ = stream.set_nodelay(true);
        let shop = Arc::clone(&shop);
        tokio::spawn(async move {
            let service = service_fn(|request| answer(&shop, request));
            // It ends with an error wherever a visitor leaves early.
            let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

async fn answer(shop: &Shop, request: Request<Incoming>) -> Result<Response<Reply>, Infallible> {
    let path = request.uri().path();
    let (visit, before) = shop.ledger.arrive(path);
    shop.ledger.pass().await;
    let mut response = Response::new(());
    let text = |text: &str| Rest::Whole(Bytes::copy_from_slice(text.as_bytes()));
    let mut kind = "text/html; charset=utf-8";
    let rest = if let Some(page) = shop.pages.get(path) {
        if !page.latency.is_zero() {
            tokio::time::sleep(page.latency).await;
        }
        if let Some(Fault::Waits { requests }) = page.fault {
            shop.ledger.have_come(requests).await;
        }
        body_of(page, before, &mut response)
    } else if path == "/style.css" {
        kind = "text/css; charset=utf-8";
        text(STYLE)
    } else {
        *response.status_mut() = hyper::StatusCode::NOT_FOUND;
        text("<!DOCTYPE html><title>404</title><p>There is no such page.</p>")
    };
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, hyper::header::HeaderValue::from_static(kind));
    Ok(response.map(|()| Reply::new(visit, rest)))
}

/// The body of a page that was asked for `before` times before, with status
/// and headers put into `response`.
fn body_of(page: &Page, before: usize, response: &mut Response<()>) -> Rest {
    let html = Bytes::copy_from_slice(page.html.as_bytes());
    let half = html.slice(..html.len() / 2);
    match &page.fault {
        Some(Fault::Refuses { status, times, retry_after }) if before < *times => {
            *response.status_mut() =
                hyper::StatusCode::from_u16(*status).expect("a status has three digits");
            if let Some(value) = retry_after {
                let value = hyper::header::HeaderValue::from_static(value);
                response.headers_mut().insert(RETRY_AFTER, value);
            }
            Rest::Whole(Bytes::from(format!(
                "<!DOCTYPE html><title>{status}</title><p>Not now. <a href=\"/\">Home</a></p>"
            )))
        }
        Some(Fault::Redirects { to }) => {
            *response.status_mut() = hyper::StatusCode::MOVED_PERMANENTLY;
            let to = to.parse().expect("a path is a header's value");
            response.headers_mut().insert(LOCATION, to);
            // Not empty: an empty body would be dropped unread.
            Rest::Whole(Bytes::from_static(b"It has moved."))
        }
        Some(Fault::BreaksOff { times }) if before < *times => {
            response.headers_mut().insert(CONTENT_LENGTH, html.len().into());
            Rest::Broken(half)
        }
        Some(Fault::IsLatin1) => {
            let bytes = page.html.chars().map(|letter| u8::try_from(letter).unwrap_or(b'?'));
            Rest::Whole(bytes.collect())
        }
        Some(Fault::FallsSilent) => {
            response.headers_mut().insert(CONTENT_LENGTH, html.len().into());
            Rest::Silent(half)
        }
        Some(Fault::NeverEnds) => Rest::endless(html),
        _ => Rest::Whole(html),
    }
}
