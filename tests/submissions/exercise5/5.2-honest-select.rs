//! Honest: every worker tells its end through a channel, and `select!` waits for it.

fn on_each<P: Send>(parts: Vec<P>, work: impl Fn(P) + Sync) {
    let (work, count) = (&work, parts.len());
    let (done, ends) = crossbeam::channel::bounded(count);
    std::thread::scope(|scope| {
        for part in parts {
            let done = done.clone();
            scope.spawn(move || {
                work(part);
                done.send(()).expect("somebody waits for it");
            });
        }
        drop(done);
        for _ in 0..count {
            crossbeam::select! { recv(ends) -> end => end.expect("no worker panics") }
        }
    });
}
