//! The processes below this one, and how many threads they have.

use std::fs;

use rustix::process::Pid;

/// Every process that this one started, and that those started, and so on.
///
/// What ends meanwhile may be in the list or not; so may what starts.
pub fn below_this_process() -> Vec<Pid> {
    let mut found = children("self");
    let mut next = 0;
    while let Some(pid) = found.get(next) {
        let more = children(&pid.as_raw_nonzero().to_string());
        found.extend(more);
        next += 1;
    }
    found
}

/// How many threads these processes have together.
pub fn threads(processes: &[Pid]) -> usize {
    let tasks = |pid: &Pid| fs::read_dir(format!("/proc/{}/task", pid.as_raw_nonzero()));
    processes.iter().filter_map(|pid| tasks(pid).ok()).map(Iterator::count).sum()
}

fn children(process: &str) -> Vec<Pid> {
    let Ok(tasks) = fs::read_dir(format!("/proc/{process}/task")) else { return Vec::new() };
    tasks
        .filter_map(|task| fs::read_to_string(task.ok()?.path().join("children")).ok())
        .flat_map(|list| list.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
        .filter_map(|pid| Pid::from_raw(pid.parse().ok()?))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::process::{Command, Stdio};

    use rustix::process::Pid;

    use super::{below_this_process, threads};

    #[test]
    fn a_grandchild_is_found_and_counted() {
        // The shell goes on after its child, so it does not become the child.
        let mut shell = Command::new("sh")
            .args(["-c", "sh -c 'echo; cat; true'; true"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = [0];
        std::io::Read::read_exact(shell.stdout.as_mut().unwrap(), &mut line).unwrap();
        let found = below_this_process();
        let first = found.iter().position(|&pid| pid == Pid::from_child(&shell)).unwrap();
        assert!(found.len() >= first + 2, "{found:?}");
        assert!(threads(&found[first..]) >= 2);
        drop(shell.stdin.take());
        shell.wait().unwrap();
        assert!(!below_this_process().contains(&found[first]));
    }
}
