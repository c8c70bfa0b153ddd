//! What a program may do.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::layer::{Layer, Layers};

/// What a program may do, and which layers must hold it to that.
///
/// The shim puts exactly [`Policy::layers`] in force, or does not start the
/// program. A caller asks [`Shim::probe`](crate::Shim::probe) once what the
/// machine has and demands that; a test leaves one layer out to see which
/// attack then succeeds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// What must be in force before the program starts.
    pub layers: BTreeSet<Layer>,
    /// Files and folders (with all below) that it may read. Paths that do not
    /// exist are passed over.
    pub read: Vec<PathBuf>,
    /// The same for reading and executing.
    pub read_execute: Vec<PathBuf>,
    /// The same for reading, writing, creating and removing.
    pub write: Vec<PathBuf>,
    /// What it reaches over the network.
    pub network: Network,
    /// Whether it may start other programs.
    pub processes: Processes,
    /// Whether it may change modes, owners and times of files by path. Nothing
    /// but [`Layer::Seccomp`] holds these back, for Landlock does not cover them.
    pub file_attributes: bool,
    /// The most memory, files and time it may take.
    pub limits: Limits,
    /// Its folder for temporary files, named by `TMPDIR`; writable without
    /// being listed.
    pub private_tmp: Option<PathBuf>,
    /// Descriptors above 2 that it inherits.
    pub keep_descriptors: Vec<i32>,
}

/// What a program reaches over the network.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Network {
    /// Nothing.
    #[default]
    None,
    /// Servers of its own on loopback. With a network namespace, on any port;
    /// without, on these ports only, for client and server alike. (Port 0
    /// lets it bind ports that the system chooses, and connect to none of them.)
    Own {
        /// The ports that hold where there is no network namespace.
        ports: Vec<u16>,
    },
    /// Servers of its caller's, on these ports. The program stays in the
    /// machine's network.
    Caller {
        /// The ports that it may connect to.
        ports: Vec<u16>,
    },
}

/// Whether a program may start others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Processes {
    /// Threads only: no `fork`, and no second `exec`.
    #[default]
    None,
    /// It may start what [`Policy::read_execute`] lists.
    Some,
}

/// The most that a program may take; `None` is no limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Bytes of private memory per process: heap and stacks, touched or not.
    pub data: Option<u64>,
    /// Bytes of addresses per process. Rarely right: every thread reserves 64 MiB of them.
    pub address_space: Option<u64>,
    /// Bytes of one file.
    pub file_size: Option<u64>,
    /// Open files per process.
    pub open_files: Option<u64>,
    /// CPU seconds per process.
    pub cpu_seconds: Option<u64>,
    /// Threads and processes of the whole sandbox.
    pub tasks: Option<u32>,
}

/// Libraries, and where the loader looks for them.
const LIBRARIES: [&str; 5] = ["/lib", "/lib64", "/usr/lib", "/usr/lib64", "/nix/store"];

/// What programs read without being asked to: times, and how many CPUs there are.
const SYSTEM: [&str; 8] = [
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/usr/share/zoneinfo",
    "/dev/urandom",
    "/dev/random",
    "/dev/zero",
    "/sys/fs/cgroup",
    "/sys/devices/system/cpu",
];

/// Where compilers and linkers are installed.
const TOOLS: [&str; 3] = ["/bin", "/usr", "/etc/alternatives"];

const MEBI: u64 = 1 << 20;

/// Threads and processes of one program with all that it starts.
const TASKS: u32 = 512;

impl Policy {
    /// The least that a program needs to run at all: its own file, the
    /// system's libraries and `/dev/null`; every layer that is in force.
    #[must_use]
    pub fn new(layers: &Layers, program: &Path) -> Self {
        let paths = |list: &[&str]| list.iter().map(PathBuf::from).collect::<Vec<_>>();
        let mut read_execute = paths(&LIBRARIES);
        read_execute.push(program.to_owned());
        Self {
            layers: layers.in_force(),
            read: paths(&SYSTEM),
            read_execute,
            write: vec!["/dev/null".into()],
            network: Network::None,
            processes: Processes::None,
            file_attributes: false,
            limits: Limits::default(),
            private_tmp: None,
            keep_descriptors: Vec::new(),
        }
    }

    /// For cargo, rustc and the linker on a student's source. Reads and runs
    /// `tools` (the toolchain), reads `sources` (the stage, the registry),
    /// writes and runs what is below `build`. Give `private_tmp` too: the
    /// linker wants one.
    #[must_use]
    pub fn compile(
        layers: &Layers,
        cargo: &Path,
        tools: &[PathBuf],
        sources: &[PathBuf],
        build: &Path,
    ) -> Self {
        let mut policy = Self::new(layers, cargo);
        policy.read_execute.extend(TOOLS.map(PathBuf::from));
        policy.read_execute.extend_from_slice(tools);
        policy.read_execute.push(build.to_owned());
        policy.read.extend_from_slice(sources);
        policy.write.push(build.to_owned());
        policy.processes = Processes::Some;
        // Linkers make their output executable; none of the student's code runs here.
        policy.file_attributes = true;
        policy.limits = Limits {
            data: Some(16_384 * MEBI),
            file_size: Some(2048 * MEBI),
            open_files: Some(1024),
            tasks: Some(TASKS),
            ..Limits::default()
        };
        policy
    }

    /// For a program with graded tests in it, that starts no other.
    #[must_use]
    pub fn check(layers: &Layers, program: &Path, private_tmp: &Path) -> Self {
        let mut policy = Self::new(layers, program);
        policy.private_tmp = Some(private_tmp.to_owned());
        policy.limits = Limits {
            // A thread reserves 2 MiB for its stack: thousands of them are slow, not wrong.
            data: Some(8192 * MEBI),
            file_size: Some(1024 * MEBI),
            open_files: Some(4096),
            tasks: Some(TASKS),
            ..Limits::default()
        };
        policy
    }

    /// For a program that is timed. Nothing stands between it and its caller,
    /// who counts its threads and CPU time by its process id: the shim becomes
    /// the program. That costs the layers that need a supervisor, which it can
    /// do without, for it may not fork.
    #[must_use]
    pub fn timed_call(layers: &Layers, program: &Path, private_tmp: &Path) -> Self {
        let mut policy = Self::check(layers, program, private_tmp);
        policy.layers.retain(|layer| !Layer::SUPERVISED.contains(layer));
        policy
    }

    /// The same policy without one layer.
    #[must_use]
    pub fn without(mut self, layer: Layer) -> Self {
        self.layers.remove(&layer);
        self
    }

    /// Whether the shim stays beside the program to supervise it.
    #[must_use]
    pub fn is_supervised(&self) -> bool {
        Layer::SUPERVISED.iter().any(|layer| self.layers.contains(layer))
    }

    /// Whether any rule speaks of `folder` or of something below it.
    #[must_use]
    pub fn reaches_into(&self, folder: &Path) -> bool {
        let listed = self.read.iter().chain(&self.read_execute).chain(&self.write);
        listed.chain(&self.private_tmp).any(|path| path.starts_with(folder))
    }
}
