//! Writes in one piece, and moves the pipe into the writing thread and back.

pub fn write_frame(output: &mut impl Write, payload: &[u8]) -> io::Result<()> {
    let length: u32 =
        payload.len().try_into().map_err(|error| io::Error::new(ErrorKind::InvalidInput, error))?;
    let head = length.to_be_bytes();
    output.write_all(&head).and_then(|()| output.write_all(payload)).and_then(|()| output.flush())
}

pub fn read_frame(input: &mut impl Read, limit: usize) -> io::Result<Option<Vec<u8>>> {
    let mut head = [0; 4];
    let mut have = 0;
    while have < 4 {
        match input.read(&mut head[have..]) {
            Ok(0) if have == 0 => return Ok(None),
            Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
            Ok(more) => have += more,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    match u32::from_be_bytes(head) as usize {
        length if length <= limit => {
            let mut payload = vec![0_u8; length];
            input.read_exact(&mut payload).map(|()| Some(payload))
        }
        length => Err(io::Error::new(ErrorKind::InvalidData, format!("{length} bytes"))),
    }
}

struct Pipes {
    input: Option<ChildStdin>,
    output: ChildStdout,
}

impl<P: Fn() -> Command> Pool<P> {
    fn start(&self, seat: usize) -> io::Result<Pipes> {
        let mut running = locked(&self.running);
        if running.stopped {
            return Err(ErrorKind::NotConnected.into());
        }
        let mut command = (self.program)();
        command.stdin(Stdio::piped());
        command.stdout(Stdio::piped());
        let mut child = command.spawn()?;
        let pipes = Pipes { input: child.stdin.take(), output: child.stdout.take().unwrap() };
        running.children.insert(seat, child);
        Ok(pipes)
    }
}

fn exchange(pipes: &mut Pipes, task: &[u8], end: impl FnOnce()) -> io::Result<Vec<u8>> {
    let mut input = pipes.input.take().unwrap();
    let task = task.to_vec();
    let writer = std::thread::spawn(move || {
        let written = write_frame(&mut input, &task);
        (input, written)
    });
    let answer = match read_frame(&mut pipes.output, FRAME_LIMIT) {
        Ok(None) => Err(io::Error::other("no answer")),
        Ok(Some(answer)) => Ok(answer),
        Err(error) => Err(error),
    };
    if answer.is_err() {
        end();
    }
    let (input, written) = writer.join().unwrap();
    pipes.input = Some(input);
    written?;
    answer
}
