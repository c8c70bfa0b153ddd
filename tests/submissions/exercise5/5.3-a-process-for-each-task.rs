//! Starts a new child for each task.

fn feed<P: Fn() -> Command>(
    seat: usize,
    pool: &Pool<P>,
    next: impl Fn() -> Option<(usize, Vec<u8>)>,
    reply: &Sender<Answer>,
) {
    let attempt = |task: &[u8]| {
        let answer =
            pool.start(seat).and_then(|mut pipes| exchange(&mut pipes, task, || pool.end(seat)));
        pool.end(seat);
        answer
    };
    while let Some((index, task)) = next() {
        let answer = attempt(&task).or_else(|_| attempt(&task));
        if reply.send((index, answer)).is_err() {
            break;
        }
    }
}
