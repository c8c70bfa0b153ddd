//! Runs one child process to its end, whatever it does: own process group,
//! deadline, TERM, grace, KILL, capped output, and a sweep of grandchildren.

use std::ffi::OsString;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions};

use crate::channel::{REPLY_CAP, Reply, Request};
use crate::outcome::{Exit, Outcome};

/// How long a child may take to react to TERM before it is killed.
const GRACE: Duration = Duration::from_millis(500);

/// How long output pipes may stay open after the whole group is dead; only a
/// process that left the group can hold them.
const DRAIN: Duration = Duration::from_secs(1);

/// What to run, and within which bounds.
#[derive(Debug, Clone)]
pub struct Child {
    /// The program.
    pub program: PathBuf,
    /// Its arguments.
    pub args: Vec<OsString>,
    /// The folder it starts in; the supervisor's own where `None`.
    pub dir: Option<PathBuf>,
    /// The whole environment of the child.
    pub env: Vec<(OsString, OsString)>,
    /// When it is stopped.
    pub deadline: Duration,
    /// Most bytes kept of each of its two output streams; the rest is read
    /// and thrown away, so that a flood neither blocks nor fills memory.
    pub output_cap: usize,
    /// What it is asked over the private channel, if anything.
    pub request: Option<Request>,
}

impl Child {
    /// Starts the child, waits for its end and reports what happened.
    ///
    /// Returns within the deadline plus grace and drain (1.5 s), whatever the
    /// child does. Never fails: a child that cannot start is a fact too.
    #[must_use]
    pub fn run(&self) -> Outcome {
        let start = Instant::now();
        let mut outcome = match self.supervise() {
            Ok(outcome) => outcome,
            Err(error) => Outcome {
                exit: Exit::NotStarted(format!("{}: {error}", self.program.display())),
                replies: Vec::new(),
                stdout: Vec::new(),
                stderr: Vec::new(),
                wall: Duration::ZERO,
            },
        };
        outcome.wall = start.elapsed();
        outcome
    }

    fn supervise(&self) -> std::io::Result<Outcome> {
        let (ours, theirs) = UnixStream::pair()?;
        let stdin = match self.request {
            Some(_) => Stdio::from(OwnedFd::from(theirs)),
            None => Stdio::null(),
        };
        let mut command = Command::new(&self.program);
        command.args(&self.args).env_clear().envs(self.env.iter().cloned());
        if let Some(dir) = &self.dir {
            command.current_dir(dir);
        }
        command.stdin(stdin).stdout(Stdio::piped()).stderr(Stdio::piped()).process_group(0);
        let mut process = command.spawn()?;
        // The command keeps the child's end of the socket open in this process.
        drop(command);

        let cap = self.output_cap;
        let stdout =
            process.stdout.take().map(|pipe| in_background(move || read_capped(pipe, cap)));
        let stderr =
            process.stderr.take().map(|pipe| in_background(move || read_capped(pipe, cap)));
        let replies = self
            .request
            .clone()
            .map(|request| in_background(move || converse(ours, &request).unwrap_or_default()));

        let pid = Pid::from_child(&process);
        // Waits without reaping: as long as the dead leader is not reaped, its
        // group id cannot be given to strangers, so the sweep below is safe.
        let ended = in_background(move || {
            let options = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
            rustix::io::retry_on_intr(|| rustix::process::waitid(WaitId::Pid(pid), options))
        });
        let in_time = ended.recv_timeout(self.deadline).is_ok();
        if !in_time {
            signal_group(pid, Signal::TERM);
            let _ = ended.recv_timeout(GRACE);
        }
        signal_group(pid, Signal::KILL);
        let status = process.wait()?;

        let drain_until = Instant::now() + DRAIN;
        Ok(Outcome {
            exit: if in_time { exit_of(status) } else { Exit::TimedOut },
            replies: collect(replies, drain_until),
            stdout: collect(stdout, drain_until),
            stderr: collect(stderr, drain_until),
            wall: Duration::ZERO,
        })
    }
}

fn exit_of(status: ExitStatus) -> Exit {
    match (status.code(), status.signal()) {
        (Some(code), _) => Exit::Code(code),
        (None, Some(signal)) => Exit::Signal(signal),
        (None, None) => Exit::Signal(0),
    }
}

/// Signals everything in the child's process group; that nothing is left
/// there to signal is fine.
fn signal_group(leader: Pid, signal: Signal) {
    let _ = rustix::process::kill_process_group(leader, signal);
}

fn in_background<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Receiver<T> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        // Nobody waits any longer once the drain time is over.
        let _ = sender.send(work());
    });
    receiver
}

fn collect<T: Default>(receiver: Option<Receiver<T>>, until: Instant) -> T {
    let left = until.saturating_duration_since(Instant::now());
    receiver.and_then(|receiver| receiver.recv_timeout(left).ok()).unwrap_or_default()
}

/// Keeps the first `cap` bytes and reads on to the end.
fn read_capped(mut pipe: impl Read, cap: usize) -> Vec<u8> {
    let mut kept = Vec::new();
    let limit = u64::try_from(cap).unwrap_or(u64::MAX);
    let _ = (&mut pipe).take(limit).read_to_end(&mut kept);
    let _ = std::io::copy(&mut pipe, &mut std::io::sink());
    kept
}

/// Sends the request and reads replies until the child closes its end.
fn converse(mut channel: UnixStream, request: &Request) -> std::io::Result<Vec<Reply>> {
    let mut line = serde_json::to_vec(request)?;
    line.push(b'\n');
    channel.write_all(&line)?;
    let mut replies = Vec::new();
    let cap = u64::try_from(REPLY_CAP).unwrap_or(u64::MAX);
    for line in BufReader::new(channel.take(cap)).split(b'\n') {
        // A reset connection ends the conversation; what was said stays said.
        let Ok(line) = line else { break };
        if let Ok(reply) = serde_json::from_slice(&line) {
            replies.push(reply);
        }
    }
    Ok(replies)
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::Child;
    use crate::channel::{Reply, Request};
    use crate::outcome::Exit;

    fn shell(script: &str) -> Child {
        Child {
            program: "/bin/sh".into(),
            args: vec!["-c".into(), script.into()],
            dir: None,
            env: vec![("PATH".into(), std::env::var_os("PATH").unwrap())],
            deadline: Duration::from_secs(20),
            output_cap: 1000,
            request: None,
        }
    }

    fn folder(name: &str) -> std::path::PathBuf {
        let folder = std::env::temp_dir().join(format!("course-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        folder
    }

    /// A killed orphan may stay a zombie until init reaps it; that is dead.
    fn is_alive(pid: &str) -> bool {
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        let state = stat.rsplit(") ").next().and_then(|rest| rest.chars().next());
        !matches!(state, None | Some('Z' | 'X'))
    }

    /// Whether a process ends by itself within 20 s. Nothing of a killed one
    /// runs any more, but on a busy machine the kernel may still be taking it
    /// apart when its parent is gone.
    fn ends(pid: &str) -> bool {
        let until = Instant::now() + Duration::from_secs(20);
        while is_alive(pid) && Instant::now() < until {
            std::thread::yield_now();
        }
        !is_alive(pid)
    }

    #[test]
    fn exit_codes_and_signals_are_told_apart() {
        assert_eq!(shell("exit 3").run().exit, Exit::Code(3));
        assert_eq!(shell("kill -9 $$").run().exit, Exit::Signal(9));
        let missing = Child { program: "/no/such/program".into(), ..shell("") };
        assert!(matches!(missing.run().exit, Exit::NotStarted(why) if why.contains("/no/such")));
    }

    #[test]
    fn a_child_that_ignores_term_is_killed_with_its_grandchildren() {
        let folder = folder("kill");
        let pids = folder.join("pids");
        let script = format!(
            "trap '' TERM; sleep 600 & echo $! > {0}; echo $$ >> {0}; while :; do sleep 600; done",
            pids.display()
        );
        let outcome = Child { deadline: Duration::from_secs(3), ..shell(&script) }.run();
        assert_eq!(outcome.exit, Exit::TimedOut);
        let pids = std::fs::read_to_string(&pids).unwrap();
        assert_eq!(pids.lines().count(), 2);
        for pid in pids.lines() {
            assert!(ends(pid), "{pid} lives on");
        }
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_flood_of_output_is_cut_and_does_not_block() {
        let outcome = shell("head -c 3000000 /dev/zero; echo done >&2").run();
        assert_eq!(outcome.exit, Exit::Code(0));
        assert_eq!((outcome.stdout.len(), outcome.stderr.as_slice()), (1000, b"done\n".as_slice()));
    }

    /// What left the group still holds the output pipes: the supervisor
    /// returns all the same, before that process has ended.
    #[test]
    fn a_process_that_leaves_the_group_does_not_hold_the_supervisor() {
        let folder = folder("escape");
        let file = folder.join("pid");
        let script = format!(
            "setsid sh -c 'echo $$ > {0}.new; mv {0}.new {0}; exec sleep 600' & until [ -s {0} ]; do :; done",
            file.display()
        );
        assert_eq!(shell(&script).run().exit, Exit::Code(0));
        let pid = std::fs::read_to_string(&file).unwrap();
        assert!(is_alive(pid.trim()));
        let pid = rustix::process::Pid::from_raw(pid.trim().parse().unwrap()).unwrap();
        rustix::process::kill_process(pid, rustix::process::Signal::KILL).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn replies_come_through_the_private_channel_only() {
        let request = Request {
            check: "1.1/x".into(),
            nonce: "secret".into(),
            salt: 7,
            heap_cap_bytes: 1,
            repeat: String::new(),
        };
        // The shell's stdin is a socket: reads come from it, and fd 0 is also writable.
        let script = r#"read line; echo "$line"; echo '{"finished":{"nonce":"guess","check":"1.1/x"}}' ; echo '"out_of_memory"' >&0; echo rubbish >&0"#;
        let outcome = Child { request: Some(request.clone()), ..shell(script) }.run();
        assert_eq!(outcome.replies, [Reply::OutOfMemory]);
        let echoed: Request =
            serde_json::from_slice(outcome.stdout.split(|&b| b == b'\n').next().unwrap()).unwrap();
        assert_eq!(echoed, request);
    }
}
