//! Reports a task as failed when its first child has failed.

fn feed<P: Fn() -> Command>(
    seat: usize,
    pool: &Pool<P>,
    next: impl Fn() -> Option<(usize, Vec<u8>)>,
    reply: &Sender<Answer>,
) {
    let mut child: Option<Pipes> = None;
    while let Some((index, task)) = next() {
        let answer = child.take().map_or_else(|| pool.start(seat), Ok).and_then(|mut pipes| {
            let answer = exchange(&mut pipes, &task, || pool.end(seat))?;
            child = Some(pipes);
            Ok(answer)
        });
        if answer.is_err() {
            pool.end(seat);
        }
        if reply.send((index, answer)).is_err() {
            break;
        }
    }
}
