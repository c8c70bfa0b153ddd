//! The measuring side of a timed call: starts the process that runs it, sends
//! requests and holds the clock.

use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

use course::channel::Reply;
use course::evidence::Stop;
use course::measure::{CallRequest, SERVE_ARGUMENT, TimedProgram};
use course::verdict::Reason;
use supervise::{Command, Launcher, Process};

use crate::serve::{DONE, Failure, READY};

/// How long one call may take; the sequential version takes 40 ms at most.
const CALL_DEADLINE: Duration = Duration::from_secs(10);

/// How long the process is watched after it has answered.
const AFTER: Duration = Duration::from_millis(5);

/// Most values of an output that are accepted.
const OUTPUT_CAP: u64 = 1 << 22;

/// Most bytes of a line that are read.
const LINE_CAP: u64 = 64 << 10;

/// The running process; ended when dropped.
#[derive(Debug)]
pub(crate) struct Client {
    process: Process,
    channel: BufReader<UnixStream>,
}

/// One timed call.
#[derive(Debug)]
pub(crate) struct TimedAnswer {
    pub elapsed: Duration,
    pub after: Duration,
    pub workers: u32,
    pub output: Vec<u64>,
}

impl Client {
    /// Starts the program and makes sure that it is the one that was meant.
    pub(crate) fn start(timed: &TimedProgram, threads: usize) -> Result<Self, Stop> {
        let fault = |message: String| Stop { reason: Reason::CheckerFault, message };
        let (mut client, said) = Self::greet(timed, threads)
            .map_err(|error| fault(format!("a timed program did not start: {error}")))?;
        match serde_json::from_str(&said) {
            Ok(Reply::Started { identity }) if identity == timed.identity => {
                // From here on it has the time that a call has.
                let set = client.channel.get_mut().set_read_timeout(Some(CALL_DEADLINE));
                set.map_err(|error| fault(error.to_string()))?;
                Ok(client)
            }
            _ => Err(Stop {
                reason: Reason::WrongProgram,
                message: "a timed program was compiled from something else than was handed in, so nothing was measured. Grade again; if it stays, tell the course staff.".to_owned(),
            }),
        }
    }

    fn greet(timed: &TimedProgram, threads: usize) -> std::io::Result<(Self, String)> {
        let launcher = match timed.launcher.split_first() {
            Some((program, args)) => Launcher::Through(program.into(), args.to_vec()),
            None => Launcher::Direct,
        };
        let command = Command {
            env: timed.env.clone(),
            output_cap: 0,
            ..Command::new(&timed.program, launcher)
        };
        let process =
            command.args([SERVE_ARGUMENT]).env("RAYON_NUM_THREADS", threads.to_string()).start()?;
        let channel =
            process.channel().ok_or_else(|| std::io::Error::other("no channel"))?.try_clone()?;
        channel.set_read_timeout(Some(CALL_DEADLINE))?;
        channel.set_write_timeout(Some(CALL_DEADLINE))?;
        let mut client = Self { process, channel: BufReader::new(channel) };
        let said = client.line()?;
        Ok((client, said))
    }

    fn line(&mut self) -> std::io::Result<String> {
        let mut line = String::new();
        (&mut self.channel).take(LINE_CAP).read_line(&mut line)?;
        Ok(line)
    }

    /// Makes one call. The clock runs from the signal to the answer.
    pub(crate) fn call(&mut self, request: &CallRequest) -> Result<TimedAnswer, Stop> {
        self.exchange(request).unwrap_or_else(|error| Err(stop_for(&error)))
    }

    fn exchange(&mut self, request: &CallRequest) -> std::io::Result<Result<TimedAnswer, Stop>> {
        let mut line = serde_json::to_vec(request)?;
        line.push(b'\n');
        self.channel.get_mut().write_all(&line)?;
        let mut byte = [0];
        self.channel.read_exact(&mut byte)?;
        if byte != [READY] {
            return Ok(Err(self.failure()?));
        }

        let start = Instant::now();
        self.channel.get_mut().write_all(b"go\n")?;
        self.channel.read_exact(&mut byte)?;
        let elapsed = start.elapsed();

        if byte != [DONE] {
            return Ok(Err(self.failure()?));
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
        Ok(Ok(TimedAnswer { elapsed, after, workers, output }))
    }

    fn failure(&mut self) -> std::io::Result<Stop> {
        let Failure { reason, message } = serde_json::from_str(&self.line()?)?;
        Ok(Stop { reason, message })
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
