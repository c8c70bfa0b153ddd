//! How the shim is started, and what it does first.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::{Deserialize, Serialize};

use crate::layer::{Layer, Layers};
use crate::policy::Policy;
use crate::refusal::{REFUSED, Refusal};

/// How to start the shim: an executable, and the arguments with which it calls
/// [`shim_main`] on all that follow.
#[derive(Debug, Clone)]
pub struct Shim {
    program: PathBuf,
    arguments: Vec<OsString>,
}

/// The shim's first argument: which of its parts it plays.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Order {
    /// Start the program under this policy.
    Start(Policy),
    /// The same below a supervisor: the namespaces are there already, and a
    /// failure goes to this descriptor.
    Enter {
        /// What the program may do.
        policy: Policy,
        /// The pipe to the supervisor.
        report: i32,
    },
    /// Be the first process of a pid namespace.
    Init,
    /// Say whether this layer is in force around this process.
    Observe {
        /// The layer.
        layer: Layer,
        /// What the layer's namespace is called outside, if it is one.
        outside: Option<String>,
    },
}

impl Shim {
    /// The shim that starts as `program arguments…`.
    #[must_use]
    pub fn new<A: Into<OsString>>(
        program: impl Into<PathBuf>,
        arguments: impl IntoIterator<Item = A>,
    ) -> Self {
        Self { program: program.into(), arguments: arguments.into_iter().map(Into::into).collect() }
    }

    /// The command that runs `program` under `policy`. The caller adds the
    /// program's arguments, environment, folder and streams as to any command;
    /// the environment is the program's, so `TMPDIR` is the caller's to set.
    ///
    /// `program` is a path; no search path is looked through.
    ///
    /// # Errors
    /// When a path of the policy is not UTF-8.
    pub fn command(&self, policy: &Policy, program: &Path) -> io::Result<Command> {
        let (shim, arguments) = self.launcher(policy)?;
        let mut command = Command::new(shim);
        command.args(arguments).arg(program);
        Ok(command)
    }

    /// What stands before a program and its arguments, so that it runs under
    /// `policy`: the shim's executable and its own arguments.
    ///
    /// # Errors
    /// When a path of the policy is not UTF-8.
    pub fn launcher(&self, policy: &Policy) -> io::Result<(PathBuf, Vec<OsString>)> {
        let order = serde_json::to_string(&Order::Start(policy.clone()))?;
        let arguments = self.arguments.iter().cloned().chain([order.into()]);
        Ok((self.program.clone(), arguments.collect()))
    }

    /// Tries every layer once, on top of those that held before it, in a child
    /// that looks whether it holds. Takes some 100 ms; ask once.
    #[must_use]
    pub fn probe(&self) -> Layers {
        let mut found = BTreeSet::new();
        let mut missing = Vec::new();
        for layer in Layer::ALL {
            match self.try_layer(&found, layer) {
                Ok(()) => {
                    found.insert(layer);
                }
                Err(reason) => missing.push((layer, reason)),
            }
        }
        Layers::with_missing(missing)
    }

    /// The shim with its first argument.
    pub(crate) fn order(&self, order: &Order) -> io::Result<Command> {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).arg(serde_json::to_string(order)?);
        Ok(command)
    }

    #[cfg(target_os = "linux")]
    fn try_layer(&self, found: &BTreeSet<Layer>, layer: Layer) -> Result<(), String> {
        // By its name: a confined process is started here, and finds nothing through `/proc`.
        let program = self.program.canonicalize();
        let program = program.map_err(|error| format!("{}: {error}", self.program.display()))?;
        crate::linux::probe::try_layer(self, &program, found, layer)
    }

    #[cfg(not(target_os = "linux"))]
    fn try_layer(&self, _: &BTreeSet<Layer>, layer: Layer) -> Result<(), String> {
        if Layer::PROCESS.contains(&layer) && cfg!(unix) {
            return Ok(());
        }
        Err("this system has nothing like it".to_owned())
    }
}

/// The body of the hidden subcommand: `arguments` are all that follow it on
/// the command line. Becomes the program, or ends as it ended.
///
/// Must be called before any thread is started, and from the main thread.
pub fn shim_main(arguments: impl IntoIterator<Item = OsString>) -> ! {
    let arguments: Vec<_> = arguments.into_iter().collect();
    let refusal = match play(&arguments) {
        Ok(never) => match never {},
        Err(refusal) => refusal,
    };
    eprintln!("not started: {refusal}");
    std::process::exit(REFUSED)
}

fn play(arguments: &[OsString]) -> Result<Infallible, Refusal> {
    let [order, rest @ ..] = arguments else {
        return Err(Refusal::new("no policy given"));
    };
    let order: Order = serde_json::from_slice(order.as_encoded_bytes())
        .map_err(|error| Refusal::new(format!("policy: {error}")))?;
    follow(order, rest, arguments.len())
}

#[cfg(target_os = "linux")]
fn follow(order: Order, rest: &[OsString], given: usize) -> Result<Infallible, Refusal> {
    use crate::linux::{entry, init, probe, warden};
    match order {
        Order::Start(policy) => {
            // What stands before the arguments leads to this function again.
            let all: Vec<_> = std::env::args_os().collect();
            let arguments = all[..all.len() - given].iter().skip(1);
            let again = Shim::new("/proc/self/exe", arguments);
            warden::start(&again, policy, rest)
        }
        Order::Enter { policy, report } => entry::enter_reporting(&policy, report, rest),
        Order::Init => init::run(),
        Order::Observe { layer, outside } => probe::observe(layer, outside.as_deref()),
    }
}

#[cfg(not(target_os = "linux"))]
fn follow(order: Order, rest: &[OsString], _: usize) -> Result<Infallible, Refusal> {
    use crate::refusal::OrRefuse;
    let Order::Start(policy) = order else {
        return Err(Refusal::new("this system has no such part"));
    };
    if let Some(layer) = policy.layers.iter().find(|layer| !Layer::PROCESS.contains(layer)) {
        return Err(Refusal::new(format!("{layer}: this system has nothing like it")));
    }
    let [program, arguments @ ..] = rest else {
        return Err(Refusal::new("no program given"));
    };
    let mut command = Command::new(program);
    command.args(arguments);
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt;
        if policy.layers.contains(&Layer::Session) {
            // A leader of its group already has the next best thing.
            let _ = rustix::process::setsid();
        }
        if policy.layers.contains(&Layer::Limits) {
            crate::limits::set(&policy.limits).or_refuse(Layer::Limits)?;
        }
        Err(command.exec()).or_refuse(Layer::Session)
    }
    #[cfg(not(unix))]
    {
        let status = command.status().map_err(Refusal::new)?;
        std::process::exit(status.code().unwrap_or(REFUSED))
    }
}
