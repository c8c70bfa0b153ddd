//! The child processes that this process has.

use course::fault::needed;
use rustix::io::Errno;
use rustix::process::{WaitId, WaitIdOptions, waitid};

/// The child processes that this process has, as far as the system tells it
/// without a look into the list of all processes, which a confined one has not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Children {
    /// There is none, alive or not.
    None,
    /// There are some, and all of them are alive.
    Alive,
    /// At least one has ended, and nobody has waited for it.
    Ended,
}

/// The children of this process now.
///
/// A child is one until somebody waits for it, and only then no more.
///
/// # Panics
/// Where the system does not tell.
#[must_use]
pub fn children_now() -> Children {
    look(WaitIdOptions::NOWAIT)
}

/// Waits for every child that has ended, and gives their number and whether there
/// is another one that is alive.
///
/// # Panics
/// Where the system does not tell.
pub fn take_ended_children() -> (usize, bool) {
    let mut ended = 0;
    loop {
        match look(WaitIdOptions::empty()) {
            Children::Ended => ended += 1,
            Children::Alive => return (ended, true),
            Children::None => return (ended, false),
        }
    }
}

fn look(options: WaitIdOptions) -> Children {
    let options = options | WaitIdOptions::EXITED | WaitIdOptions::NOHANG;
    match waitid(WaitId::All, options) {
        Ok(Some(_)) => Children::Ended,
        Ok(None) => Children::Alive,
        Err(Errno::CHILD) => Children::None,
        Err(error) => needed(Err(std::io::Error::from(error)), "the children of this process"),
    }
}

#[cfg(test)]
mod tests {
    use std::process::{Command, Stdio};

    use super::{Children, children_now, take_ended_children};

    #[test]
    fn a_child_is_seen_alive_then_ended_then_no_more() {
        // The only test of this program that has children: they are all counted.
        assert_eq!(children_now(), Children::None);
        let cat = || Command::new("cat").stdin(Stdio::piped()).spawn().unwrap();
        let (mut first, mut second) = (cat(), cat());
        assert_eq!(children_now(), Children::Alive);
        drop(first.stdin.take());
        while children_now() == Children::Alive {
            std::thread::yield_now();
        }
        assert_eq!(take_ended_children(), (1, true));
        drop(second.stdin.take());
        second.wait().unwrap();
        assert_eq!(children_now(), Children::None);
        assert_eq!(take_ended_children(), (0, false));
    }
}
