//! Question 5.3: a pool of child processes, fed and read through pipes.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind, Read, Write};
use std::ops::Range;
use std::panic::resume_unwind;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use crossbeam::channel::{Receiver, Sender, unbounded};

/// Most bytes of one answer that [`process_map`] takes from a child: 16 MiB.
pub const FRAME_LIMIT: usize = 16 << 20;

/// Writes the length in four bytes, the most significant first, then the bytes.
///
/// Two writes for each frame; one would need a copy of the payload.
pub fn write_frame(output: &mut impl Write, payload: &[u8]) -> io::Result<()> {
    let length = u32::try_from(payload.len())
        .map_err(|_| io::Error::new(ErrorKind::InvalidInput, "the frame is too long"))?;
    output.write_all(&length.to_be_bytes())?;
    output.write_all(payload)?;
    output.flush()
}

/// Reads a frame, or `None` where the input ends between two.
///
/// `take` reads the length to its end or to the input's, so that the two ends
/// can be told apart, and not one byte more: a buffered reader in here would
/// swallow the next frame. Like `read_exact` it goes on when interrupted.
pub fn read_frame(input: &mut impl Read, limit: usize) -> io::Result<Option<Vec<u8>>> {
    let mut head = Vec::new();
    if input.by_ref().take(4).read_to_end(&mut head)? == 0 {
        return Ok(None);
    }
    let head: [u8; 4] = head.try_into().map_err(|_| ErrorKind::UnexpectedEof)?;
    let length = u32::from_be_bytes(head) as usize;
    if length > limit {
        let why = format!("a frame of {length} bytes, where {limit} are allowed");
        return Err(io::Error::new(ErrorKind::InvalidData, why));
    }
    let mut payload = vec![0; length];
    input.read_exact(&mut payload)?;
    Ok(Some(payload))
}

/// Runs tasks on child processes and yields the answers in order.
///
/// Each child has a thread that feeds it, so a slow task holds up no other
/// child; what is early waits in a map until its turn. Answers are not bounded
/// by the caller's pace, in exchange nothing waits for a slow caller.
pub fn process_map<P>(
    program: P,
    workers: usize,
    tasks: Vec<Vec<u8>>,
) -> impl Iterator<Item = io::Result<Vec<u8>>>
where
    P: Fn() -> Command + Send + Sync + 'static,
{
    assert!(workers > 0, "a pool needs at least one worker");
    let count = tasks.len();
    let pool = Arc::new(Pool { program, running: Mutex::default() });
    let queue = Arc::new(Mutex::new(tasks.into_iter().enumerate()));
    let (reply, answers) = unbounded();
    let feeders = (0..workers.min(count))
        .map(|seat| {
            let (pool, queue, reply) = (Arc::clone(&pool), Arc::clone(&queue), reply.clone());
            std::thread::spawn(move || feed(seat, &pool, || locked(&queue).next(), &reply))
        })
        .collect();
    Answers { order: 0..count, answers, early: BTreeMap::new(), pool, feeders }
}

/// A mutex whose holder may have panicked: what it guards here is always whole.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

type Answer = (usize, io::Result<Vec<u8>>);

/// What the feeders share with the one who stops them.
struct Pool<P> {
    program: P,
    running: Mutex<Running>,
}

/// The children by their seats, and whether more may be started.
#[derive(Default)]
struct Running {
    stopped: bool,
    children: BTreeMap<usize, Child>,
}

/// The two ends of a child's pipes that are ours.
struct Pipes {
    input: ChildStdin,
    output: ChildStdout,
}

impl<P: Fn() -> Command> Pool<P> {
    /// Starts a child and keeps it where another thread can kill it.
    fn start(&self, seat: usize) -> io::Result<Pipes> {
        let mut command = (self.program)();
        let mut running = locked(&self.running);
        if running.stopped {
            return Err(io::Error::other("nobody waits for answers any more"));
        }
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let pipes = child.stdin.take().zip(child.stdout.take());
        running.children.insert(seat, child);
        let (input, output) = pipes.expect("both were asked for");
        Ok(Pipes { input, output })
    }

    /// Kills a child and waits for it, which is what takes a zombie away.
    fn end(&self, seat: usize) {
        let child = locked(&self.running).children.remove(&seat);
        if let Some(mut child) = child {
            // One that has ended by itself cannot be killed, which is as good.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// One task to a child, and its answer back. `end` ends the child.
///
/// Writes on a thread of its own: while a child writes into a full pipe it
/// does not read, and whoever only writes then waits for it for ever. A
/// thread for each task is little beside a hand-over between processes.
fn exchange(pipes: &mut Pipes, task: &[u8], end: impl FnOnce()) -> io::Result<Vec<u8>> {
    let Pipes { input, output } = pipes;
    std::thread::scope(|scope| {
        let writing = scope.spawn(|| write_frame(input, task));
        let answer = read_frame(output, FRAME_LIMIT)
            .and_then(|answer| answer.ok_or_else(|| ErrorKind::UnexpectedEof.into()));
        if answer.is_err() {
            // Or the writer would wait for a child that reads no more.
            end();
        }
        let written = writing.join().unwrap_or_else(|panic| resume_unwind(panic));
        answer.and_then(|answer| written.map(|()| answer))
    })
}

/// Serves one seat: takes tasks until there are none, each with one more try.
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
        if reply.send((index, answer)).is_err() {
            break;
        }
    }
}

struct Answers<P: Fn() -> Command> {
    order: Range<usize>,
    answers: Receiver<Answer>,
    early: BTreeMap<usize, io::Result<Vec<u8>>>,
    pool: Arc<Pool<P>>,
    feeders: Vec<JoinHandle<()>>,
}

impl<P: Fn() -> Command> Iterator for Answers<P> {
    type Item = io::Result<Vec<u8>>;

    fn next(&mut self) -> Option<Self::Item> {
        let wanted = self.order.next()?;
        loop {
            if let Some(answer) = self.early.remove(&wanted) {
                return Some(answer);
            }
            let (index, answer) = self.answers.recv().expect("`program` has panicked");
            self.early.insert(index, answer);
        }
    }
}

impl<P: Fn() -> Command> Drop for Answers<P> {
    fn drop(&mut self) {
        {
            let mut running = locked(&self.pool.running);
            running.stopped = true;
            for child in running.children.values_mut() {
                let _ = child.kill();
            }
        }
        // A feeder whose child is dead fails its task, and the rest at once.
        for feeder in self.feeders.drain(..) {
            let _ = feeder.join();
        }
        for child in locked(&self.pool.running).children.values_mut() {
            let _ = child.wait();
        }
    }
}
