//! Swallows the panic of a part.

fn on_each<P: Send>(parts: Vec<P>, work: impl Fn(P) + Sync) {
    let work = &work;
    std::thread::scope(|scope| {
        for part in parts {
            scope.spawn(move || {
                std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| work(part))).ok()
            });
        }
    });
}
