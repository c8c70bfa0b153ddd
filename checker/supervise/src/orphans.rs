//! Processes that outlive the child that started them.
//!
//! A process whose parent ends becomes a child of the nearest ancestor that
//! adopts. This process adopts, so what has left a child's session is found
//! among this process's own children and is ended.

use std::collections::HashSet;
use std::process::{Child, Command};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rustix::process::{Pid, Signal, WaitOptions};

/// The children that this process has started through this crate and not
/// reaped yet. Whoever starts or sweeps holds it, so that a child that was just
/// started is never taken for an orphan.
static OWN: Mutex<Option<HashSet<u32>>> = Mutex::new(None);

fn own() -> MutexGuard<'static, Option<HashSet<u32>>> {
    OWN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Starts a process as a child of this one's own.
pub(crate) fn spawn(command: &mut Command) -> std::io::Result<Child> {
    let mut own = own();
    let own = own.get_or_insert_with(|| {
        adopt();
        HashSet::new()
    });
    let child = command.spawn()?;
    own.insert(child.id());
    Ok(child)
}

/// Reaps a child that has ended and ends all orphans that this process adopted.
pub(crate) fn reap(child: &mut Child) -> std::io::Result<std::process::ExitStatus> {
    let status = child.wait();
    let mut own = own();
    if let Some(own) = own.as_mut() {
        own.remove(&child.id());
        sweep(own);
    }
    status
}

fn adopt() {
    #[cfg(target_os = "linux")]
    // Where the system refuses, orphans go to its own first process, as everywhere.
    let _ = rustix::process::set_child_subreaper(Some(rustix::process::getpid()));
}

/// Most rounds of ending orphans and looking again: each round ends whole
/// generations, and what still forks after that many is the system's to limit.
const ROUNDS: usize = 1000;

/// Ends the children of this process that are not in `own`, and those that
/// these leave behind in turn.
fn sweep(own: &HashSet<u32>) {
    for _ in 0..ROUNDS {
        let mut orphans = children().filter(|child| !own.contains(child)).peekable();
        if orphans.peek().is_none() {
            break;
        }
        for orphan in orphans.filter_map(|pid| Pid::from_raw(i32::try_from(pid).ok()?)) {
            let _ = rustix::process::kill_process(orphan, Signal::KILL);
            // One that is not dead yet is seen again in the next round.
            let _ = rustix::process::waitpid(Some(orphan), WaitOptions::NOHANG);
        }
        std::thread::yield_now();
    }
}

/// The children of this process; none where the system does not tell.
fn children() -> impl Iterator<Item = u32> {
    let this = std::process::id();
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = processes.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    pids.filter(move |pid| parent_of(*pid) == Some(this))
}

/// The parent of a process. It stands behind the program's name, which may hold
/// blanks and brackets itself.
fn parent_of(pid: u32) -> Option<u32> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    stat.rsplit_once(") ")?.1.split(' ').nth(1)?.parse().ok()
}
