//! The layers of isolation, and the levels that they add up to.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// One thing that holds a program back, independent of the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layer {
    /// A session of its own, with no terminal.
    Session,
    /// The program dies with whoever started it.
    DeathSignal,
    /// What the program leaves running is found and killed, whatever session it is in.
    Reaper,
    /// Limits on memory, file size, open files and CPU time; no core files.
    Limits,
    /// Threads and processes are counted, and too many are stopped.
    Tasks,
    /// No descriptor is inherited but the three standard streams.
    Descriptors,
    /// None of root's privileges.
    Capabilities,
    /// Files and TCP ports (Landlock, ABI 4 or later).
    Landlock,
    /// Signals and abstract sockets end at the sandbox (Landlock, ABI 6 or later).
    Scope,
    /// System calls.
    Seccomp,
    /// Users of its own, which lets an ordinary user have the namespaces below.
    UserNamespace,
    /// A network of its own, with nothing but loopback.
    NetworkNamespace,
    /// Processes of its own; nothing outlives the first one.
    PidNamespace,
    /// System V and POSIX message queues and semaphores of its own.
    IpcNamespace,
    /// Mounts of its own: `/proc`, `/dev/shm`, and `/tmp` where the policy has one.
    MountNamespace,
}

impl Layer {
    /// Every layer, from the plainest to the rarest.
    pub const ALL: [Self; 15] = [
        Self::Session,
        Self::DeathSignal,
        Self::Reaper,
        Self::Limits,
        Self::Tasks,
        Self::Descriptors,
        Self::Capabilities,
        Self::Landlock,
        Self::Scope,
        Self::Seccomp,
        Self::UserNamespace,
        Self::NetworkNamespace,
        Self::PidNamespace,
        Self::IpcNamespace,
        Self::MountNamespace,
    ];

    /// What [`Level::Process`] needs.
    pub const PROCESS: [Self; 2] = [Self::Session, Self::Limits];

    /// What [`Level::Confined`] needs: all that can be had without user namespaces.
    pub const CONFINED: [Self; 9] = [
        Self::Session,
        Self::DeathSignal,
        Self::Reaper,
        Self::Limits,
        Self::Tasks,
        Self::Descriptors,
        Self::Capabilities,
        Self::Landlock,
        Self::Seccomp,
    ];

    /// What needs a supervisor beside the program.
    pub const SUPERVISED: [Self; 3] = [Self::Reaper, Self::Tasks, Self::PidNamespace];

    /// The layer's name in a report.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::DeathSignal => "death signal",
            Self::Reaper => "reaper",
            Self::Limits => "limits",
            Self::Tasks => "task count",
            Self::Descriptors => "closed descriptors",
            Self::Capabilities => "no capabilities",
            Self::Landlock => "landlock",
            Self::Scope => "landlock scope",
            Self::Seccomp => "seccomp",
            Self::UserNamespace => "user namespace",
            Self::NetworkNamespace => "network namespace",
            Self::PidNamespace => "pid namespace",
            Self::IpcNamespace => "ipc namespace",
            Self::MountNamespace => "mount namespace",
        }
    }
}

impl std::fmt::Display for Layer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// How far a program is isolated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Not at all.
    None,
    /// It is ended in time, and its memory and files are bounded.
    Process,
    /// It reads and writes nothing but what its policy lists.
    Confined,
}

impl std::fmt::Display for Level {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(match self {
            Self::None => "none",
            Self::Process => "process",
            Self::Confined => "confined",
        })
    }
}

/// What a machine said to one layer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It was tried and it held.
    InForce,
    /// It cannot be had, and why.
    Missing(String),
}

/// Every layer with its state on one machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Layers(BTreeMap<Layer, State>);

impl Layers {
    /// The layers of which all but the given ones are in force.
    #[must_use]
    pub fn with_missing(missing: impl IntoIterator<Item = (Layer, String)>) -> Self {
        let mut layers: BTreeMap<_, _> =
            Layer::ALL.into_iter().map(|layer| (layer, State::InForce)).collect();
        layers.extend(missing.into_iter().map(|(layer, reason)| (layer, State::Missing(reason))));
        Self(layers)
    }

    /// The layers that are in force: what a policy can demand here.
    #[must_use]
    pub fn in_force(&self) -> BTreeSet<Layer> {
        self.0
            .iter()
            .filter(|(_, state)| **state == State::InForce)
            .map(|(layer, _)| *layer)
            .collect()
    }

    /// The layers that are missing, each with the reason.
    pub fn missing(&self) -> impl Iterator<Item = (Layer, &str)> {
        self.0.iter().filter_map(|(layer, state)| match state {
            State::InForce => None,
            State::Missing(reason) => Some((*layer, reason.as_str())),
        })
    }

    /// The level that the layers in force add up to.
    #[must_use]
    pub fn level(&self) -> Level {
        let there = self.in_force();
        let has = |needed: &[Layer]| needed.iter().all(|layer| there.contains(layer));
        if has(&Layer::CONFINED) {
            Level::Confined
        } else if has(&Layer::PROCESS) {
            Level::Process
        } else {
            Level::None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Layer, Layers, Level};

    fn level_without(missing: &[Layer]) -> Level {
        Layers::with_missing(missing.iter().map(|&layer| (layer, String::new()))).level()
    }

    #[test]
    fn the_base_does_without_namespaces() {
        assert_eq!(level_without(&[Layer::UserNamespace, Layer::PidNamespace]), Level::Confined);
        assert_eq!(level_without(&[Layer::Scope]), Level::Confined);
        for layer in Layer::CONFINED {
            assert!(level_without(&[layer]) < Level::Confined, "{layer}");
        }
        assert_eq!(level_without(&[Layer::Landlock]), Level::Process);
        assert_eq!(level_without(&[Layer::Limits]), Level::None);
    }

    #[test]
    fn what_is_missing_is_named_with_its_reason() {
        let layers = Layers::with_missing([(Layer::Scope, "ABI 5".to_owned())]);
        assert_eq!(layers.missing().collect::<Vec<_>>(), [(Layer::Scope, "ABI 5")]);
        assert!(!layers.in_force().contains(&Layer::Scope));
        assert_eq!(layers.in_force().len(), Layer::ALL.len() - 1);
    }
}
