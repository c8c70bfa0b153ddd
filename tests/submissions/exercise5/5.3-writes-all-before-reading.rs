//! Writes the whole task before it reads the first byte of the answer.

fn exchange(pipes: &mut Pipes, task: &[u8], end: impl FnOnce()) -> io::Result<Vec<u8>> {
    let answer = write_frame(&mut pipes.input, task)
        .and_then(|()| read_frame(&mut pipes.output, FRAME_LIMIT))
        .and_then(|answer| answer.ok_or_else(|| ErrorKind::UnexpectedEof.into()));
    if answer.is_err() {
        end();
    }
    answer
}
