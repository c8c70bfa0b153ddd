//! What a stream of question 4.1 does with its queue when it is dropped.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use exercise4::{pool_imap, pool_imap_unordered};
use harness::crew::{Chance, in_time, unwrap};
use harness::{Gate, expect};

use super::Results;

/// An item that tells when it is gone without having been worked on.
struct Token {
    number: u64,
    unused: Option<Arc<AtomicUsize>>,
}

impl Drop for Token {
    fn drop(&mut self) {
        if let Some(unused) = &self.unused {
            unused.fetch_add(1, Ordering::SeqCst);
        }
    }
}

type TokenJob = Box<dyn Fn(Token) -> u64 + Send + Sync>;
type StartTokens = fn(Box<dyn Iterator<Item = Token> + Send>, TokenJob) -> Results;

/// Drops a stream while its only two workers stand at a gate, and opens the gate
/// when the stream has had the time to throw its queue away.
pub fn what_waits_is_not_begun() {
    const WORKERS: usize = 2;
    let streams: [(&str, StartTokens); 2] = [
        ("pool_imap", |items, job| Box::new(pool_imap(items, WORKERS, job))),
        ("pool_imap_unordered", |items, job| Box::new(pool_imap_unordered(items, WORKERS, job))),
    ];
    for (name, start) in streams {
        let unused = Arc::new(AtomicUsize::new(0));
        let (gate, started) = (Arc::new(Gate::new()), Arc::new(AtomicUsize::new(0)));
        let job = {
            let (gate, started) = (Arc::clone(&gate), Arc::clone(&started));
            move |mut token: Token| {
                token.unused = None;
                started.fetch_add(1, Ordering::SeqCst);
                if token.number > 0 {
                    gate.wait();
                }
                token.number
            }
        };
        let tokens = {
            let unused = Arc::clone(&unused);
            (0..1000).map(move |number| Token { number, unused: Some(Arc::clone(&unused)) })
        };
        let what = format!("dropping {name} after its first result, with both workers in a job,");
        let further = in_time(&what, move || {
            let mut results = start(Box::new(tokens), Box::new(job));
            results.next();
            // A stream may also take less, and begin only what is asked for.
            Chance::default().wait(|| started.load(Ordering::SeqCst) > WORKERS);
            std::thread::scope(|scope| {
                scope.spawn(|| {
                    // A queue that is thrown away shows at once; a sign to stop does not.
                    for _ in 0..5 {
                        Chance::default().wait(|| unused.load(Ordering::SeqCst) > 0);
                    }
                    gate.open();
                });
                drop(results);
            });
            // Item 0, and one for each worker, which stood at the gate.
            started.load(Ordering::SeqCst).saturating_sub(1 + WORKERS)
        });
        let further = unwrap(further);
        expect(
            further == 0,
            format_args!(
                "{what} began {further} further jobs: what waits in a queue is thrown away, and not \
                 worked off."
            ),
        );
    }
}
