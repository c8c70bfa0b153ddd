//! The supervisor: starts the program below it, counts, ends everything, and
//! then ends the way the program ended.

use std::convert::Infallible;
use std::ffi::OsString;
use std::io::Read;
use std::os::fd::{AsFd, AsRawFd};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use nix::sys::signal::{SigSet, Signal as Caught};
use nix::sys::signalfd::{SfdFlags, SignalFd};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::{FdFlags, fcntl_setfd};
use rustix::pipe::{PipeFlags, pipe_with};
use rustix::process::{
    Pid, Resource, Signal, WaitId, WaitIdOptions, WaitOptions, WaitStatus, getpid, kill_process,
    kill_process_group, setpriority_pgrp, wait, waitid,
};

use super::{entry, namespaces, tasks};
use crate::layer::Layer;
use crate::limits;
use crate::policy::Policy;
use crate::refusal::{OrRefuse, REFUSED, Refusal, TOO_MANY_TASKS};
use crate::shim::{Order, Shim};

/// How long a program may take to react to TERM. Shorter than what callers
/// wait before they kill the supervisor itself.
const GRACE: Duration = Duration::from_millis(250);

/// What `nice` calls 19.
const LOWEST_PRIORITY: i32 = 19;

/// How often threads and processes are counted.
const COUNT_EVERY: Duration = Duration::from_millis(50);

/// What the supervisor looks after.
struct Warden {
    program: Pid,
    /// The first process of the pid namespace, whose end is everybody's end.
    init: Option<Pid>,
    is_reaper: bool,
    most_tasks: Option<usize>,
    signals: SignalFd,
    ended: Option<WaitStatus>,
    has_too_many: bool,
}

/// Starts the program, `words[0]`, under the policy, below a supervisor if a
/// layer needs one. `again` starts the shim once more.
pub fn start(again: &Shim, policy: Policy, words: &[OsString]) -> Result<Infallible, Refusal> {
    namespaces::enter(&policy)?;
    if !policy.is_supervised() {
        return entry::enter(&policy, words);
    }
    let has = |layer| policy.layers.contains(&layer);
    if has(Layer::Session) {
        // What is typed into the caller's terminal is for the caller alone.
        rustix::process::setsid().or_refuse(Layer::Session)?;
    }
    if has(Layer::DeathSignal) {
        rustix::process::set_parent_process_death_signal(Some(Signal::KILL))
            .or_refuse(Layer::DeathSignal)?;
    }
    if has(Layer::Reaper) {
        rustix::process::set_child_subreaper(Some(getpid())).or_refuse(Layer::Reaper)?;
    }
    let signals = catch_signals().or_refuse(Layer::Reaper)?;
    let init = if has(Layer::PidNamespace) { Some(start_init(again)?) } else { None };
    let is_reaper = has(Layer::Reaper);
    let most_tasks = policy.limits.tasks.filter(|_| has(Layer::Tasks)).map(|most| most as usize);

    let (mut refusals, report) = pipe_with(PipeFlags::CLOEXEC | PipeFlags::NONBLOCK)
        .map(|(read, write)| (std::fs::File::from(read), write))
        .or_refuse(Layer::Reaper)?;
    fcntl_setfd(&report, FdFlags::empty()).or_refuse(Layer::Reaper)?;
    let order = Order::Enter { policy, report: report.as_raw_fd() };
    let program = again.order(&order).and_then(|mut command| command.args(words).spawn());
    let program = Pid::from_child(&program.or_refuse(Layer::Reaper)?);
    drop(report);

    let mut warden =
        Warden { program, init, is_reaper, most_tasks, signals, ended: None, has_too_many: false };
    let ended = warden.watch().or_refuse(Layer::Reaper)?;
    let mut refusal = String::new();
    // Empty, or still open in somebody's hands: the program was started.
    let _ = refusals.read_to_string(&mut refusal);
    match refusal.is_empty() {
        true if warden.has_too_many => std::process::exit(TOO_MANY_TASKS),
        true => end_like(ended),
        false => Err(Refusal::new(refusal)),
    }
}

/// Keeps the signals that the supervisor acts on in a descriptor.
fn catch_signals() -> nix::Result<SignalFd> {
    let caught: SigSet =
        [Caught::SIGCHLD, Caught::SIGTERM, Caught::SIGINT, Caught::SIGHUP, Caught::SIGUSR1]
            .into_iter()
            .collect();
    caught.thread_block()?;
    SignalFd::with_flags(&caught, SfdFlags::SFD_CLOEXEC | SfdFlags::SFD_NONBLOCK)
}

/// Starts the init of the pid namespace and waits until it is ready.
fn start_init(again: &Shim) -> Result<Pid, Refusal> {
    let init = again
        .order(&Order::Init)
        .and_then(|mut command| command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn());
    let mut init: Child = init.or_refuse(Layer::PidNamespace)?;
    let mut ready = [0];
    if let Some(mut pipe) = init.stdout.take() {
        pipe.read_exact(&mut ready).or_refuse(Layer::PidNamespace)?;
    }
    Ok(Pid::from_child(&init))
}

impl Warden {
    /// Waits for the program's end, and then for everybody else's.
    fn watch(&mut self) -> rustix::io::Result<WaitStatus> {
        let mut kill_at = None;
        loop {
            let tick = match kill_at {
                Some(at) => Some(Instant::saturating_duration_since(&at, Instant::now())),
                None => self.most_tasks.map(|_| COUNT_EVERY),
            };
            if self.wait_for_signals(tick)? && kill_at.is_none() {
                kill_at = Some(Instant::now() + GRACE);
                // Before the program has a group of its own, it has no group.
                let _ = kill_process_group(self.program, Signal::TERM);
                let _ = kill_process(self.program, Signal::TERM);
            }
            self.reap();
            if let Some(status) = self.ended {
                self.sweep()?;
                return Ok(status);
            }
            if kill_at.is_some_and(|at| at <= Instant::now()) {
                self.kill_everything();
            }
            self.count();
        }
    }

    /// Waits for a signal or the tick; whether one of them asks for the end.
    fn wait_for_signals(&self, tick: Option<Duration>) -> rustix::io::Result<bool> {
        let tick = tick.and_then(|tick| Timespec::try_from(tick).ok());
        let mut sources = [PollFd::from_borrowed_fd(self.signals.as_fd(), PollFlags::IN)];
        rustix::io::retry_on_intr(|| poll(&mut sources, tick.as_ref()))?;
        let mut asked = false;
        while let Ok(Some(signal)) = self.signals.read_signal() {
            match Signal::from_named_raw(signal.ssi_signo.cast_signed()) {
                Some(Signal::CHILD) => {}
                Some(Signal::USR1) => self.stand_back(),
                _ => asked = true,
            }
        }
        Ok(asked)
    }

    /// Gives the program the lowest priority: each thread of its group and what these
    /// start, and the session as a whole where the system shares out by sessions.
    fn stand_back(&self) {
        let _ = setpriority_pgrp(Some(self.program), LOWEST_PRIORITY);
        let session = format!("/proc/{}/autogroup", self.program.as_raw_nonzero());
        let _ = std::fs::write(session, LOWEST_PRIORITY.to_string());
    }

    /// Takes notice of every child that has ended. Whether there are more.
    fn reap(&mut self) -> bool {
        // As long as the program is not reaped, nobody else can have its
        // group's number.
        let look = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        if self.ended.is_none() && matches!(waitid(WaitId::Pid(self.program), look), Ok(Some(_))) {
            self.kill_group();
        }
        loop {
            match wait(WaitOptions::NOHANG) {
                Ok(Some((pid, status))) if pid == self.program => self.ended = Some(status),
                Ok(Some(_)) => {}
                Ok(None) => return true,
                Err(_) => return false,
            }
        }
    }

    /// Kills what the program left, until there is nothing.
    fn sweep(&mut self) -> rustix::io::Result<()> {
        loop {
            self.kill_everything();
            if !self.reap() || !(self.is_reaper || self.init.is_some()) {
                return Ok(());
            }
            // A process that was born while the list was read tells nobody.
            self.wait_for_signals(Some(Duration::from_millis(5)))?;
        }
    }

    /// Kills the program's group, in one step against which nobody can fork.
    /// Seccomp keeps everybody in it.
    fn kill_group(&self) {
        if self.is_reaper && self.ended.is_none() {
            let _ = kill_process_group(self.program, Signal::KILL);
        }
    }

    fn kill_everything(&self) {
        self.kill_group();
        // Who has ended meanwhile needs no killing.
        if let Some(init) = self.init {
            let _ = kill_process(init, Signal::KILL);
        }
        if self.is_reaper {
            for pid in tasks::below_this_process() {
                let _ = kill_process(pid, Signal::KILL);
            }
        } else if self.ended.is_none() {
            let _ = kill_process(self.program, Signal::KILL);
        }
    }

    /// Ends everything when there are too many threads and processes.
    fn count(&mut self) {
        let Some(most) = self.most_tasks else { return };
        let mut processes = tasks::below_this_process();
        processes.retain(|&pid| Some(pid) != self.init);
        if tasks::threads(&processes) > most {
            eprintln!("stopped: more than {most} threads and processes");
            self.has_too_many = true;
            self.kill_everything();
        }
    }
}

/// Ends this process the way the program ended.
fn end_like(status: WaitStatus) -> ! {
    if let Some(code) = status.exit_status() {
        std::process::exit(if [REFUSED, TOO_MANY_TASKS].contains(&code) { 126 } else { code })
    }
    let number = status.terminating_signal().unwrap_or_default();
    if let Some(signal) = Signal::from_named_raw(number) {
        // The core, if any, is the program's to write.
        let _ = limits::set_one(Resource::Core, Some(0));
        let _ = SigSet::empty().thread_set_mask();
        // Twice: Rust's own handler of SEGV and BUS only gives way the first time.
        for _ in 0..2 {
            let _ = kill_process(getpid(), signal);
        }
    }
    std::process::exit(128 + number)
}
