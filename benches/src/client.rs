//! The grader's side of a timed call: starts the submission's process, sends
//! requests and holds the clock.

use std::ffi::OsString;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use course::evidence::Stop;
use course::verdict::Reason;

use crate::arm::{CallRequest, DONE, Failure};

/// How long one call may take; the sequential version takes 40 ms at most.
const CALL_DEADLINE: Duration = Duration::from_secs(10);

/// How long the process is watched after it has answered.
const AFTER: Duration = Duration::from_millis(5);

/// Most values of an output that are accepted.
const OUTPUT_CAP: u64 = 1 << 22;

/// How to start the process that runs the submission.
#[derive(Debug, Clone)]
pub struct ArmProgram {
    /// The program.
    pub program: PathBuf,
    /// Its arguments.
    pub args: Vec<OsString>,
    /// The whole environment of the process.
    pub env: Vec<(OsString, OsString)>,
}

/// The running process of the submission; killed when dropped.
pub(crate) struct Client {
    process: std::process::Child,
    channel: BufReader<UnixStream>,
}

/// One timed call of the submission.
pub(crate) struct Timed {
    pub elapsed: Duration,
    pub after: Duration,
    pub workers: u32,
    pub output: Vec<u64>,
}

impl Client {
    pub(crate) fn start(arm: &ArmProgram) -> std::io::Result<Self> {
        let (ours, theirs) = UnixStream::pair()?;
        ours.set_read_timeout(Some(CALL_DEADLINE))?;
        ours.set_write_timeout(Some(CALL_DEADLINE))?;
        let process = Command::new(&arm.program)
            .args(&arm.args)
            .env_clear()
            .envs(arm.env.iter().cloned())
            .stdin(Stdio::from(OwnedFd::from(theirs)))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()?;
        Ok(Self { process, channel: BufReader::new(ours) })
    }

    /// Makes one call. The clock runs from the signal to the answer.
    pub(crate) fn call(&mut self, request: &CallRequest) -> Result<Timed, Stop> {
        self.exchange(request).unwrap_or_else(|error| Err(stop_for(&error)))
    }

    fn exchange(&mut self, request: &CallRequest) -> std::io::Result<Result<Timed, Stop>> {
        let mut line = serde_json::to_vec(request)?;
        line.push(b'\n');
        self.channel.get_mut().write_all(&line)?;
        let mut byte = [0];
        self.channel.read_exact(&mut byte)?;

        let start = Instant::now();
        self.channel.get_mut().write_all(b"go\n")?;
        self.channel.read_exact(&mut byte)?;
        let elapsed = start.elapsed();

        if byte != [DONE] {
            let mut line = String::new();
            self.channel.read_line(&mut line)?;
            let Failure { reason, message } = serde_json::from_str(&line)?;
            return Ok(Err(Stop { reason, message }));
        }
        let mut workers = [0; 4];
        self.channel.read_exact(&mut workers)?;
        let workers = u32::from_le_bytes(workers);
        let mut word = [0; 8];
        self.channel.read_exact(&mut word)?;
        let length = u64::from_le_bytes(word);
        if length > OUTPUT_CAP {
            return Ok(Err(Stop {
                reason: Reason::WrongOutput,
                message: format!("a timed call returned {length} results."),
            }));
        }
        let output = (0..length)
            .map(|_| self.channel.read_exact(&mut word).map(|()| u64::from_le_bytes(word)))
            .collect::<std::io::Result<_>>()?;
        let before = self.cpu_time();
        std::thread::sleep(AFTER);
        let after = self.cpu_time().saturating_sub(before);
        Ok(Ok(Timed { elapsed, after, workers, output }))
    }

    /// CPU time of all threads that the process has now.
    fn cpu_time(&self) -> Duration {
        let tasks = std::fs::read_dir(format!("/proc/{}/task", self.process.id()));
        let nanoseconds = tasks
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|task| std::fs::read_to_string(task.path().join("schedstat")).ok())
            .filter_map(|text| text.split_whitespace().next()?.parse::<u64>().ok())
            .sum();
        Duration::from_nanos(nanoseconds)
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // It may be gone already; then there is nothing to kill, and the wait
        // reaps it all the same.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn stop_for(error: &std::io::Error) -> Stop {
    match error.kind() {
        std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut => Stop {
            reason: Reason::Timeout,
            message: format!(
                "a timed call did not end within {} s, where the sequential version takes 40 ms at most. Something waits for ever.",
                CALL_DEADLINE.as_secs()
            ),
        },
        _ => Stop {
            reason: Reason::EndedEarly,
            message: "the program ended in the middle of a timed call. Look for `process::exit`, an abort, or a stack overflow.".to_owned(),
        },
    }
}
