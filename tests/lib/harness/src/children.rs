//! The child processes that this process has.

use std::fs;

use course::fault::needed;

/// A child of this process, as the system sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChildProcess {
    /// Its number.
    pub pid: u32,
    /// Whether it has ended and nobody has waited for it.
    pub is_zombie: bool,
}

/// The children of this process now, zombies too, in the order of their numbers.
///
/// A child leaves this list when somebody waits for it, and only then; one
/// whose parent has gone belongs to another process.
///
/// # Panics
/// Where the system does not tell (it does on Linux).
#[must_use]
pub fn children_now() -> Vec<ChildProcess> {
    let own = std::process::id();
    let entries = needed(fs::read_dir("/proc"), "the processes of the machine");
    // A process that ends between the list and the look has no text any more.
    let mut children: Vec<ChildProcess> = entries
        .filter_map(|entry| {
            let pid = entry.ok()?.file_name().to_str()?.parse().ok()?;
            let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
            let (state, parent) = state_and_parent(&text)?;
            (parent == own).then_some(ChildProcess { pid, is_zombie: state == 'Z' })
        })
        .collect();
    children.sort_unstable_by_key(|child| child.pid);
    children
}

/// State and parent in a line of `/proc/PID/stat`. They stand behind the
/// program's name, which may hold blanks and brackets itself.
fn state_and_parent(text: &str) -> Option<(char, u32)> {
    let (_, rest) = text.rsplit_once(") ")?;
    let mut words = rest.split(' ');
    Some((words.next()?.chars().next()?, words.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use std::process::{Command, Stdio};

    use super::{children_now, state_and_parent};

    #[test]
    fn a_name_with_brackets_does_not_hide_the_state() {
        assert_eq!(state_and_parent("7 (a) b (c) Z 42 7 7 0"), Some(('Z', 42)));
        assert_eq!(state_and_parent(""), None);
    }

    #[test]
    fn a_child_is_seen_alive_then_as_a_zombie_then_no_more() {
        let mut child = Command::new("cat").stdin(Stdio::piped()).spawn().unwrap();
        let seen = || children_now().into_iter().find(|seen| seen.pid == child.id());
        assert!(!seen().unwrap().is_zombie);
        drop(child.stdin.take());
        let seen = || children_now().into_iter().find(|seen| seen.pid == child.id());
        while !seen().unwrap().is_zombie {
            std::thread::yield_now();
        }
        child.wait().unwrap();
        assert!(!children_now().iter().any(|seen| seen.pid == child.id()));
    }
}
