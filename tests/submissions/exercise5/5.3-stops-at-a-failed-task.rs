//! Ends the answers at a task that failed twice.

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
            Err(_) => pool.end(seat),
        }
        answer
    };
    while let Some((index, task)) = next() {
        let answer = attempt(&task).or_else(|_| attempt(&task));
        let failed = answer.is_err();
        if reply.send((index, answer)).is_err() || failed {
            break;
        }
    }
}
