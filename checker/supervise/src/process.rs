//! One running child, and its end: deadline, TERM, grace, KILL, its whole
//! family, output that is read to the end.

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use course::outcome::Exit;
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions};

use crate::capture::capture;
use crate::interrupt::is_interrupted;
use crate::{Command, orphans};

/// How long a child may take to react to TERM before it is killed.
const GRACE: Duration = Duration::from_millis(500);

/// How often a waiting supervisor looks whether it is interrupted.
const LOOK: Duration = Duration::from_millis(50);

/// How long output pipes may stay open after the whole family is dead.
const DRAIN: Duration = Duration::from_secs(1);

/// What is to become of a child, asked with the time since its start.
pub type Fate<'a> = &'a mut dyn FnMut(Duration) -> Next;

/// What is to become of a child that runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// It goes on.
    On,
    /// It goes on behind all others: its launcher is sent USR1, and must know what
    /// that means.
    Aside,
    /// It is stopped.
    Stop,
}

/// A child that runs; ended with all that it started when dropped.
#[derive(Debug)]
pub struct Process {
    child: std::process::Child,
    /// This side of the private channel, if there is one.
    channel: Option<UnixStream>,
    stdout: Receiver<Vec<u8>>,
    stderr: Receiver<Vec<u8>>,
    /// Gets a message when the child has ended, before it is reaped.
    ended: Receiver<()>,
    begin: Instant,
    is_reaped: bool,
}

/// How a child ended, and what it printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// How it ended.
    pub exit: Exit,
    /// Its standard output, capped. Untrusted.
    pub stdout: Vec<u8>,
    /// Its standard error, capped. Untrusted.
    pub stderr: Vec<u8>,
}

impl Process {
    pub(crate) fn watch(
        mut child: std::process::Child,
        channel: Option<UnixStream>,
        command: &Command,
    ) -> std::io::Result<Self> {
        let cap = command.output_cap;
        let missing = || std::io::Error::other("a pipe of the child is missing");
        let stdout = child.stdout.take().ok_or_else(missing)?;
        let stderr = child.stderr.take().ok_or_else(missing)?;
        let pid = Pid::from_child(&child);
        Ok(Self {
            child,
            channel,
            stdout: in_background(move || capture(stdout, cap)),
            stderr: in_background(move || capture(stderr, cap)),
            // Waits without reaping: as long as the dead leader is not reaped, its
            // group id cannot be given to strangers, so the whole group can be ended.
            ended: in_background(move || {
                let options = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
                let wait = || rustix::process::waitid(WaitId::Pid(pid), options);
                let _ = rustix::io::retry_on_intr(wait);
            }),
            begin: Instant::now(),
            is_reaped: false,
        })
    }

    /// The child's process id.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// This side of the private channel, where the child was started with one.
    #[must_use]
    pub fn channel(&self) -> Option<&UnixStream> {
        self.channel.as_ref()
    }

    /// Waits for the child's end until the deadline, which counts from its
    /// start; then ends it and all that it started.
    #[must_use]
    pub fn wait(self, deadline: Duration) -> Ending {
        self.wait_while(deadline, &mut |_| Next::On)
    }

    /// The same, but asks now and then what is to become of the child.
    #[must_use]
    pub fn wait_while(mut self, deadline: Duration, fate: Fate<'_>) -> Ending {
        let stopped = self.ends_before(deadline, fate);
        let status = self.end(stopped.is_none());
        let until = Instant::now() + DRAIN;
        Ending {
            exit: match status {
                Ok(status) => stopped.unwrap_or_else(|| exit_of(status)),
                Err(error) => Exit::NotStarted(format!("its end was lost: {error}")),
            },
            stdout: collect(&self.stdout, until),
            stderr: collect(&self.stderr, until),
        }
    }

    /// Waits until the child ends by itself, or else gives the reason to end it:
    /// the deadline, somebody who interrupts this run, or who says that it is enough.
    fn ends_before(&self, deadline: Duration, fate: Fate<'_>) -> Option<Exit> {
        loop {
            let left = deadline.saturating_sub(self.begin.elapsed());
            if self.ended.recv_timeout(left.min(LOOK)).is_ok() {
                return None;
            }
            if is_interrupted() {
                return Some(Exit::Interrupted);
            }
            if left <= LOOK {
                return Some(Exit::TimedOut);
            }
            match fate(self.begin.elapsed()) {
                Next::On => {}
                Next::Aside => {
                    let _ =
                        rustix::process::kill_process(Pid::from_child(&self.child), Signal::USR1);
                }
                Next::Stop => return Some(Exit::Stopped),
            }
        }
    }

    /// Sends a line over the private channel and waits for the child's end; gives
    /// what the child has said until it closed its end, at most `cap` bytes.
    #[must_use]
    pub fn ask(self, line: Vec<u8>, cap: usize, deadline: Duration) -> (Ending, Vec<u8>) {
        self.ask_while(line, cap, deadline, &mut |_| Next::On)
    }

    /// The same, but asks now and then what is to become of the child, as in [`Process::wait_while`].
    #[must_use]
    pub fn ask_while(
        mut self,
        line: Vec<u8>,
        cap: usize,
        deadline: Duration,
        fate: Fate<'_>,
    ) -> (Ending, Vec<u8>) {
        let said = self.channel.take().map(|channel| {
            in_background(move || exchange(channel, &line, cap).unwrap_or_default())
        });
        let ending = self.wait_while(deadline, fate);
        let until = Instant::now() + DRAIN;
        (ending, said.map(|said| collect(&said, until)).unwrap_or_default())
    }

    /// Ends what is left of the child's group, reaps the child, and ends what
    /// has left the group.
    fn end(&mut self, has_ended: bool) -> std::io::Result<ExitStatus> {
        let pid = Pid::from_child(&self.child);
        let signal = |signal| {
            let _ = rustix::process::kill_process_group(pid, signal);
            // A child that has no group of its own yet.
            let _ = rustix::process::kill_process(pid, signal);
        };
        if !has_ended {
            signal(Signal::TERM);
            let _ = self.ended.recv_timeout(GRACE);
        }
        signal(Signal::KILL);
        self.is_reaped = true;
        orphans::reap(&mut self.child)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if !self.is_reaped {
            // Nobody waits for its answer any more: no grace.
            let _ = self.end(true);
        }
    }
}

fn exit_of(status: ExitStatus) -> Exit {
    match (status.code(), status.signal()) {
        (Some(code), _) => Exit::Code(code),
        (None, Some(signal)) => Exit::Signal(signal),
        (None, None) => Exit::Signal(0),
    }
}

fn in_background<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Receiver<T> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        // Nobody waits any longer once the drain time is over.
        let _ = sender.send(work());
    });
    receiver
}

fn collect<T: Default>(receiver: &Receiver<T>, until: Instant) -> T {
    receiver.recv_timeout(until.saturating_duration_since(Instant::now())).unwrap_or_default()
}

fn exchange(mut channel: UnixStream, line: &[u8], cap: usize) -> std::io::Result<Vec<u8>> {
    channel.write_all(line)?;
    let mut said = Vec::new();
    // A reset connection ends the conversation; what was said stays said.
    let _ = channel.take(u64::try_from(cap).unwrap_or(u64::MAX)).read_to_end(&mut said);
    Ok(said)
}
