//! Gives a failed task to one child after another until one answers.

fn feed<P: Fn() -> Command>(
    seat: usize,
    pool: &Pool<P>,
    next: impl Fn() -> Option<(usize, Vec<u8>)>,
    reply: &Sender<Answer>,
) {
    let mut child: Option<Pipes> = None;
    while let Some((index, task)) = next() {
        let answer = loop {
            let mut pipes = match child.take().map_or_else(|| pool.start(seat), Ok) {
                Ok(pipes) => pipes,
                Err(error) => break Err(error),
            };
            if let Ok(answer) = exchange(&mut pipes, &task, || pool.end(seat)) {
                child = Some(pipes);
                break Ok(answer);
            }
            pool.end(seat);
        };
        if reply.send((index, answer)).is_err() {
            break;
        }
    }
}
