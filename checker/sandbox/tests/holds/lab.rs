//! Where attacks are tried.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;

use sandbox::{Layer, Layers, Policy, Processes, Shim};
use tempfile::TempDir;

/// The shim under test.
pub fn shim() -> Shim {
    Shim::new(env!("CARGO_BIN_EXE_confine"), [] as [&str; 0])
}

/// What this machine has, asked once.
pub fn layers() -> &'static Layers {
    static LAYERS: OnceLock<Layers> = OnceLock::new();
    LAYERS.get_or_init(|| shim().probe())
}

/// A program of the examples.
pub fn example(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_BIN_EXE_confine")).with_file_name("examples").join(name);
    assert!(path.exists(), "run `cargo test -p sandbox`, which builds the examples");
    path
}

/// A folder of the program's own, and one with a secret beside it.
pub struct Lab {
    folder: TempDir,
}

impl Lab {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("own")).unwrap();
        fs::write(folder.path().join("secret"), "the solution").unwrap();
        Self { folder }
    }

    /// The program's own folder.
    pub fn own(&self) -> PathBuf {
        self.folder.path().join("own")
    }

    /// A file that it has no business with.
    pub fn secret(&self) -> PathBuf {
        self.folder.path().join("secret")
    }

    /// A check's policy with every layer of this machine.
    pub fn policy(&self) -> Policy {
        Policy::check(layers(), &example("attacker"), &self.own())
    }

    /// The same with children.
    pub fn with_children(&self) -> Policy {
        Policy { processes: Processes::Some, ..self.policy() }
    }

    pub fn command(&self, policy: &Policy, attack: &[&str]) -> Command {
        let mut command = shim().command(policy, &example("attacker")).unwrap();
        command.args(attack).env_clear().current_dir(self.own()).stdin(Stdio::null());
        command
    }

    pub fn run(&self, policy: &Policy, attack: &[&str]) -> Output {
        self.command(policy, attack).output().unwrap()
    }

    pub fn succeeds(&self, policy: &Policy, attack: &[&str]) -> bool {
        let output = self.run(policy, attack);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!said.contains("no such attack") && !said.contains("not started"), "{said}");
        output.status.success()
    }

    /// The attack gets through with no layer at all, but neither with these
    /// layers alone nor with everything that the machine has.
    pub fn stopped_by(&self, stopping: &[Layer], policy: &Policy, attack: &[&str]) {
        let with = |layers: &[Layer]| Policy {
            layers: layers.iter().copied().collect(),
            ..policy.clone()
        };
        assert!(self.succeeds(&with(&[]), attack), "{attack:?} is no attack");
        assert!(!self.succeeds(policy, attack), "{attack:?} gets through everything");
        if let Some(layer) = stopping.iter().find(|layer| !layers().in_force().contains(layer)) {
            eprintln!("{attack:?} was not tried: {layer} is missing on this machine");
            return;
        }
        assert!(!self.succeeds(&with(stopping), attack), "{attack:?} gets through {stopping:?}");
    }
}

/// Namespaces as this user can have them.
pub fn namespace(layer: Layer) -> Vec<Layer> {
    let users = layers().in_force().contains(&Layer::UserNamespace);
    users.then_some(Layer::UserNamespace).into_iter().chain([layer]).collect()
}

/// A process outside the sandbox that an attack can aim at, until it is dropped.
pub struct Victim(Child);

impl Victim {
    pub fn new() -> Self {
        let mut command = Command::new(example("attacker"));
        Self(command.arg("echo").stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap())
    }

    pub fn pid(&self) -> String {
        self.0.id().to_string()
    }
}

impl Drop for Victim {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
