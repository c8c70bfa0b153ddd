//! What to run, and within which bounds.

use std::ffi::OsString;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use course::channel::{REPLY_CAP, Request};
use course::outcome::Outcome;

use crate::orphans;
use crate::process::{Ending, Fate, Next, Process};
use crate::shim::{self, Limits};
use crate::this_program;

/// A program with its arguments, folder and environment, and what holds it.
#[derive(Debug, Clone)]
pub struct Command {
    /// The program.
    pub program: PathBuf,
    /// Its arguments.
    pub args: Vec<OsString>,
    /// The folder it starts in; the supervisor's own where `None`.
    pub dir: Option<PathBuf>,
    /// Its whole environment.
    pub env: Vec<(OsString, OsString)>,
    /// What the child is before it becomes the program.
    pub launcher: Launcher,
    /// Most bytes kept of each of its two output streams; the rest is read and
    /// thrown away, so that a flood neither blocks nor fills memory.
    pub output_cap: usize,
}

/// How a child becomes its program.
#[derive(Debug, Clone)]
pub enum Launcher {
    /// At once, in a process group of its own, with the supervisor's limits.
    Direct,
    /// By way of a program that restricts itself and then executes the rest of
    /// its arguments: the program and what comes before them.
    Through(PathBuf, Vec<OsString>),
}

/// A message as one line of JSON.
pub fn line_of(message: &impl serde::Serialize) -> Vec<u8> {
    let mut line = serde_json::to_vec(message).unwrap_or_default();
    line.push(b'\n');
    line
}

impl Launcher {
    /// By way of the running program, which calls [`shim::enter`] first.
    ///
    /// # Errors
    /// Where the system does not say which file this process runs.
    pub fn this_program(limits: Limits) -> std::io::Result<Self> {
        let limits = serde_json::to_string(&limits)?;
        Ok(Self::Through(this_program()?, vec![shim::ARGUMENT.into(), limits.into()]))
    }
}

impl Command {
    /// A program without arguments and with an empty environment.
    #[must_use]
    pub fn new(program: impl Into<PathBuf>, launcher: Launcher) -> Self {
        Self {
            program: program.into(),
            args: Vec::new(),
            dir: None,
            env: Vec::new(),
            launcher,
            output_cap: 64 << 10,
        }
    }

    /// The same with further arguments.
    #[must_use]
    pub fn args(mut self, args: impl IntoIterator<Item = impl Into<OsString>>) -> Self {
        self.args.extend(args.into_iter().map(Into::into));
        self
    }

    /// The same with a further variable in its environment.
    #[must_use]
    pub fn env(mut self, name: impl Into<OsString>, value: impl Into<OsString>) -> Self {
        self.env.push((name.into(), value.into()));
        self
    }

    /// The same, started in this folder.
    #[must_use]
    pub fn dir(mut self, dir: &Path) -> Self {
        self.dir = Some(dir.to_owned());
        self
    }

    /// Starts the child with one end of a private channel as its standard input.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(&self) -> std::io::Result<Process> {
        let (ours, theirs) = UnixStream::pair()?;
        Process::watch(self.spawn(std::os::fd::OwnedFd::from(theirs).into())?, Some(ours), self)
    }

    /// Runs the child to its end, asks it `request` over the private channel if
    /// there is one, and reports what happened.
    ///
    /// Returns within the deadline plus grace and drain (1.5 s), whatever the
    /// child does. Never fails: a child that cannot start is a fact too.
    #[must_use]
    pub fn run(&self, deadline: Duration, request: Option<&Request>) -> Outcome {
        self.run_while(deadline, request, &mut |_| Next::On)
    }

    /// The same, but asks now and then what is to become of the child.
    #[must_use]
    pub fn run_while(
        &self,
        deadline: Duration,
        request: Option<&Request>,
        fate: Fate<'_>,
    ) -> Outcome {
        let process = match request {
            Some(_) => self.start(),
            None => self.spawn(Stdio::null()).and_then(|child| Process::watch(child, None, self)),
        };
        let begin = std::time::Instant::now();
        match process {
            Ok(process) => {
                let line = request.map(line_of).unwrap_or_default();
                let (Ending { exit, stdout, stderr }, said) =
                    process.ask_while(line, REPLY_CAP, deadline, fate);
                let replies = said.split(|&byte| byte == b'\n');
                let replies = replies.filter_map(|line| serde_json::from_slice(line).ok());
                Outcome { exit, replies: replies.collect(), stdout, stderr, wall: begin.elapsed() }
            }
            Err(error) => Outcome::not_started(error.to_string()),
        }
    }

    fn spawn(&self, stdin: Stdio) -> std::io::Result<std::process::Child> {
        let mut command = match &self.launcher {
            Launcher::Direct => {
                let mut command = std::process::Command::new(&self.program);
                command.process_group(0);
                command
            }
            Launcher::Through(launcher, args) => {
                let mut command = std::process::Command::new(launcher);
                command.args(args).arg(&self.program);
                command
            }
        };
        command.args(&self.args).env_clear().envs(self.env.iter().cloned());
        if let Some(dir) = &self.dir {
            command.current_dir(dir);
        }
        command.stdin(stdin).stdout(Stdio::piped()).stderr(Stdio::piped());
        orphans::spawn(&mut command).map_err(|error| {
            let launcher = match &self.launcher {
                Launcher::Direct => String::new(),
                Launcher::Through(launcher, _) => format!(", by way of {}", launcher.display()),
            };
            let why = format!("{}{launcher}: {error}", self.program.display());
            std::io::Error::new(error.kind(), why)
        })
    }
}
