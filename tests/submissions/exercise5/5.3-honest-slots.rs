//! Answers in slots behind a `Condvar`, seats in a map, and frames read byte by byte.

use std::collections::HashMap;
use std::sync::Condvar;

pub fn write_frame(output: &mut impl Write, payload: &[u8]) -> io::Result<()> {
    let Ok(length) = u32::try_from(payload.len()) else {
        return Err(ErrorKind::InvalidInput.into());
    };
    for byte in length.to_be_bytes() {
        output.write_all(&[byte])?;
    }
    output.write_all(payload)?;
    output.flush()?;
    Ok(())
}

pub fn read_frame(input: &mut impl Read, limit: usize) -> io::Result<Option<Vec<u8>>> {
    let mut length = 0_usize;
    for place in 0..4 {
        let mut byte = [0];
        let read = loop {
            match input.read(&mut byte) {
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                other => break other?,
            }
        };
        if read == 0 {
            return if place == 0 { Ok(None) } else { Err(ErrorKind::UnexpectedEof.into()) };
        }
        length = length << 8 | usize::from(byte[0]);
    }
    if length > limit {
        return Err(ErrorKind::InvalidData.into());
    }
    let mut payload = Vec::with_capacity(length);
    input.take(length as u64).read_to_end(&mut payload)?;
    if payload.len() < length {
        return Err(io::Error::new(ErrorKind::UnexpectedEof, "cut off"));
    }
    Ok(Some(payload))
}

#[derive(Default)]
struct Board {
    next: usize,
    slots: Vec<Option<io::Result<Vec<u8>>>>,
    children: HashMap<usize, Child>,
    is_over: bool,
}

struct Room<P> {
    board: Mutex<Board>,
    changed: Condvar,
    tasks: Vec<Vec<u8>>,
    program: P,
}

impl<P: Fn() -> Command + Sync> Room<P> {
    fn serve(&self, seat: usize) {
        let mut pipes = None;
        loop {
            let task = {
                let mut board = self.board.lock().unwrap();
                if board.is_over || board.next == self.tasks.len() {
                    return;
                }
                board.next += 1;
                board.next - 1
            };
            let mut answer = self.ask(seat, &mut pipes, task);
            if answer.is_err() {
                answer = self.ask(seat, &mut pipes, task);
            }
            self.board.lock().unwrap().slots[task] = Some(answer);
            self.changed.notify_all();
        }
    }

    fn ask(
        &self,
        seat: usize,
        pipes: &mut Option<(ChildStdin, ChildStdout)>,
        task: usize,
    ) -> io::Result<Vec<u8>> {
        if pipes.is_none() {
            let mut command = (self.program)();
            let mut board = self.board.lock().unwrap();
            if board.is_over {
                return Err(ErrorKind::BrokenPipe.into());
            }
            let mut child = command.stdout(Stdio::piped()).stdin(Stdio::piped()).spawn()?;
            *pipes = child.stdin.take().zip(child.stdout.take());
            board.children.insert(seat, child);
        }
        let (input, output) = pipes.as_mut().unwrap();
        let answer = std::thread::scope(|scope| {
            let writer = scope.spawn(|| write_frame(input, &self.tasks[task]));
            let answer = match read_frame(output, FRAME_LIMIT) {
                Ok(Some(answer)) => Ok(answer),
                Ok(None) => Err(io::Error::from(ErrorKind::UnexpectedEof)),
                Err(error) => Err(error),
            };
            if answer.is_err() {
                self.end(seat);
            }
            let written = writer.join().unwrap();
            if written.is_err() {
                self.end(seat);
            }
            written.and(answer)
        });
        if answer.is_err() {
            *pipes = None;
        }
        answer
    }

    fn end(&self, seat: usize) {
        let child = self.board.lock().unwrap().children.remove(&seat);
        if let Some(mut child) = child {
            child.kill().ok();
            child.wait().ok();
        }
    }
}

struct InOrder<P: Fn() -> Command> {
    room: Arc<Room<P>>,
    at: usize,
    threads: Vec<JoinHandle<()>>,
}

impl<P: Fn() -> Command> Iterator for InOrder<P> {
    type Item = io::Result<Vec<u8>>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut board = self.room.board.lock().unwrap();
        if self.at == board.slots.len() {
            return None;
        }
        loop {
            if let Some(answer) = board.slots[self.at].take() {
                self.at += 1;
                return Some(answer);
            }
            board = self.room.changed.wait(board).unwrap();
        }
    }
}

impl<P: Fn() -> Command> Drop for InOrder<P> {
    fn drop(&mut self) {
        {
            let mut board = self.room.board.lock().unwrap();
            board.is_over = true;
            for (_, child) in &mut board.children {
                child.kill().ok();
            }
        }
        for thread in self.threads.drain(..) {
            thread.join().ok();
        }
        for (_, mut child) in self.room.board.lock().unwrap().children.drain() {
            child.wait().ok();
        }
    }
}

pub fn process_map<P>(
    program: P,
    workers: usize,
    tasks: Vec<Vec<u8>>,
) -> impl Iterator<Item = io::Result<Vec<u8>>>
where
    P: Fn() -> Command + Send + Sync + 'static,
{
    assert!(workers > 0);
    let count = tasks.len();
    let board = Board { slots: (0..count).map(|_| None).collect(), ..Board::default() };
    let room = Arc::new(Room { board: Mutex::new(board), changed: Condvar::new(), tasks, program });
    let threads = (0..workers.min(count))
        .map(|seat| {
            let room = Arc::clone(&room);
            std::thread::spawn(move || room.serve(seat))
        })
        .collect();
    InOrder { room, at: 0, threads }
}
