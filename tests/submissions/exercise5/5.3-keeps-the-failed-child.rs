//! Gives the failed task to the same child again.

fn feed<P: Fn() -> Command>(
    seat: usize,
    pool: &Pool<P>,
    next: impl Fn() -> Option<(usize, Vec<u8>)>,
    reply: &Sender<Answer>,
) {
    let mut child = None;
    let mut attempt = |task: &[u8]| {
        let mut pipes = child.take().map_or_else(|| pool.start(seat), Ok)?;
        let answer = exchange(&mut pipes, task, || pool.end(seat));
        match answer {
            Ok(_) => child = Some(pipes),
            Err(_) => child = Some(pipes),
        }
        answer
    };
    while let Some((index, task)) = next() {
        let answer = attempt(&task).or_else(|_| attempt(&task));
        if reply.send((index, answer)).is_err() {
            break;
        }
    }
}
