//! Takes no answer of more than 1 MiB.

fn exchange(pipes: &mut Pipes, task: &[u8], end: impl FnOnce()) -> io::Result<Vec<u8>> {
    let Pipes { input, output } = pipes;
    std::thread::scope(|scope| {
        let writing = scope.spawn(|| write_frame(input, task));
        let answer = read_frame(output, 1 << 20)
            .and_then(|answer| answer.ok_or_else(|| ErrorKind::UnexpectedEof.into()));
        if answer.is_err() {
            // Or the writer would wait for a child that reads no more.
            end();
        }
        let written = writing.join().unwrap_or_else(|panic| resume_unwind(panic));
        answer.and_then(|answer| written.map(|()| answer))
    })
}
