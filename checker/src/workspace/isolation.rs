//! How programs are confined that belong to a student or read what a student wrote.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::net::TcpListener;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use course::catalog::Need;
use course::channel::Reply;
use course::outcome::{Exit, Outcome};
use sandbox::{Layer, Layers, Level, Network, Policy, Processes, Shim};
use supervise::{Launcher, this_program};

/// The first argument of a checker that is to confine itself and then become
/// another program.
pub const CONFINE: &str = "--confine";

/// How many ports a check gets on a machine without a network of its own for it.
const PORTS: usize = 32;

/// What this machine has to hold a program with, asked once in a run.
#[derive(Debug, Clone)]
pub struct Isolation {
    layers: Layers,
    shim: Shim,
}

/// What a program is held by, and what it is told of that.
#[derive(Debug)]
pub struct Hold {
    /// What stands before the program.
    pub launcher: Launcher,
    /// What it finds in its environment.
    pub env: Vec<(OsString, OsString)>,
    /// Whether the launcher stays beside it, and understands USR1.
    pub is_supervised: bool,
}

impl Isolation {
    /// Tries each layer with a child of its own, except those that are to be left
    /// out, which count as missing.
    ///
    /// # Errors
    /// Where the system does not say which file this process runs.
    pub fn probe(without: &BTreeSet<Layer>) -> Result<Self> {
        let shim = Shim::new(this_program().context("this program's own file")?, [CONFINE]);
        let tried = shim.probe();
        let missing = tried.missing().map(|(layer, why)| (layer, why.to_owned()));
        let left = without.iter().map(|&layer| (layer, "switched off".to_owned()));
        let layers = Layers::with_missing(missing.chain(left).collect::<Vec<_>>());
        Ok(Self { layers, shim })
    }

    /// The layers of this machine.
    #[must_use]
    pub fn layers(&self) -> &Layers {
        &self.layers
    }

    /// The level that they add up to.
    #[must_use]
    pub fn level(&self) -> Level {
        self.layers.level()
    }

    /// What holds a compiler: it reads the toolchain and the sources, and writes
    /// the build folder.
    ///
    /// # Errors
    /// When a path is not UTF-8, or the folder for temporary files cannot be made.
    pub fn compile(
        &self,
        cargo: &Path,
        tools: &[PathBuf],
        sources: &[PathBuf],
        target: &Path,
        home: &Path,
    ) -> Result<Hold> {
        let mut policy = Policy::compile(&self.layers, cargo, tools, sources, target);
        let tmp = target.join("tmp");
        std::fs::create_dir_all(&tmp).with_context(|| tmp.display().to_string())?;
        // Cargo's lock, and its notes of what it used when.
        policy.write.push(home.to_owned());
        policy.private_tmp = Some(tmp.clone());
        let cores = u32::try_from(supervise::cores()).unwrap_or(1);
        // Cargo starts a compiler per core, and each of these a thread per codegen unit.
        policy.limits.tasks = policy.limits.tasks.max(Some(32 * cores));
        self.hold(&policy, &tmp)
    }

    /// What holds a program of graded tests that lies in `folder`'s company: it
    /// reads the kit's stage, where its snapshots are, and writes `folder`.
    ///
    /// # Errors
    /// When a path is not UTF-8, or there is no free port.
    pub fn check(
        &self,
        program: &Path,
        stage: &Path,
        folder: &Path,
        needs: &BTreeSet<Need>,
    ) -> Result<Hold> {
        let mut policy = Policy::check(&self.layers, program, folder);
        policy.read.push(stage.to_owned());
        self.grant(policy, folder, needs)
    }

    /// What holds a program of timed calls, with nothing beside it.
    ///
    /// # Errors
    /// As [`Isolation::check`].
    pub fn timed_call(
        &self,
        program: &Path,
        folder: &Path,
        needs: &BTreeSet<Need>,
    ) -> Result<Hold> {
        self.grant(Policy::timed_call(&self.layers, program, folder), folder, needs)
    }

    fn grant(&self, mut policy: Policy, folder: &Path, needs: &BTreeSet<Need>) -> Result<Hold> {
        if needs.contains(&Need::Children) {
            policy.processes = Processes::Some;
        }
        let mut ports = Vec::new();
        if needs.contains(&Need::Network) {
            if !policy.layers.contains(&Layer::NetworkNamespace) {
                ports = free_ports().context("ports of the machine's own network")?;
            }
            policy.network = Network::Own { ports: ports.clone() };
        }
        let mut hold = self.hold(&policy, folder)?;
        if !ports.is_empty() {
            let list: Vec<String> = ports.iter().map(u16::to_string).collect();
            hold.env.push((supervise::loopback::PORTS.into(), list.join(",").into()));
        }
        Ok(hold)
    }

    fn hold(&self, policy: &Policy, tmp: &Path) -> Result<Hold> {
        let (shim, arguments) = self.shim.launcher(policy)?;
        let launcher = Launcher::Through(shim, arguments);
        let is_supervised = policy.is_supervised();
        Ok(Hold { launcher, env: vec![("TMPDIR".into(), tmp.into())], is_supervised })
    }
}

/// What a held program did: the exit codes by which the one that holds it speaks
/// become what they mean.
#[must_use]
pub fn read(outcome: Outcome) -> Outcome {
    let has_started =
        matches!(outcome.replies.first(), Some(Reply::Started { .. } | Reply::Fault { .. }));
    let exit = match outcome.exit {
        Exit::Code(sandbox::REFUSED) if !has_started => {
            let said = String::from_utf8_lossy(&outcome.stderr);
            Exit::NotStarted(said.lines().next_back().unwrap_or("it was refused").to_owned())
        }
        Exit::Code(sandbox::TOO_MANY_TASKS) => Exit::TooManyTasks,
        exit => exit,
    };
    Outcome { exit, ..outcome }
}

/// Ports that nobody uses now.
fn free_ports() -> std::io::Result<Vec<u16>> {
    let held: std::io::Result<Vec<TcpListener>> =
        (0..PORTS).map(|_| TcpListener::bind(("127.0.0.1", 0))).collect();
    held?.iter().map(|listener| Ok(listener.local_addr()?.port())).collect()
}
