//! Cargo as graded builds see it: no configuration of the user's or of any folder
//! above the kit, but the same registry.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use supervise::{Command, Launcher, Limits};

use crate::settings::Settings;

/// Most bytes of cargo's messages that are kept.
const OUTPUT_CAP: usize = 32 << 20;

/// The tables of a configuration that say where packages come from.
const SOURCES: [&str; 3] = ["source", "registries", "registry"];

/// How cargo is run.
#[derive(Debug, Clone)]
pub struct Cargo {
    program: PathBuf,
    build_env: Vec<(OsString, OsString)>,
    fetch_env: Vec<(OsString, OsString)>,
    launcher: Launcher,
    version: String,
}

impl Cargo {
    /// Sets a configuration of its own up in the work folder.
    ///
    /// # Errors
    /// When it cannot be written, or there is no cargo.
    pub fn new(settings: &Settings, work: &Path, root: &Path) -> Result<Self> {
        let home = work.join("cargo-home");
        std::fs::create_dir_all(&home).with_context(|| home.display().to_string())?;
        for shared in ["registry", "git"] {
            share(&settings.cargo_home.join(shared), &home.join(shared))?;
        }
        let config = sources(&settings.cargo_home, root)?;
        let file = home.join("config.toml");
        std::fs::write(&file, config).with_context(|| file.display().to_string())?;
        let mut build_env = settings.build_env.clone();
        build_env.extend([
            ("CARGO_HOME".into(), home.into()),
            ("CARGO_TERM_COLOR".into(), "never".into()),
            // An incremental cache serves small changes. From one submission to the
            // next nearly everything that uses it is compiled again, and writing costs.
            ("CARGO_INCREMENTAL".into(), "0".into()),
        ]);
        let mut cargo = Self {
            program: settings.cargo.clone(),
            build_env,
            fetch_env: settings.fetch_env.clone(),
            launcher: Launcher::this_program(Limits::COMPILER)?,
            version: String::new(),
        };
        cargo.version = cargo.toolchain()?;
        Ok(cargo)
    }

    /// What identifies the toolchain: the versions of cargo and of its compiler.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// A build in a stage, which starts where no configuration lies above.
    #[must_use]
    pub fn build(&self, stage: &Path, target: &Path, identity: &str) -> Command {
        self.command(self.build_env.clone())
            .env("CARGO_TARGET_DIR", target)
            .env("COURSE_LAID", identity)
            .args(["--manifest-path".into(), stage.join("Cargo.toml").into_os_string()])
            .dir(Path::new("/"))
    }

    /// Fetches what the kit's lock file names, as the user's own cargo would.
    #[must_use]
    pub fn fetch(&self, root: &Path) -> Command {
        self.command(self.fetch_env.clone()).args(["fetch", "--locked"]).dir(root)
    }

    fn command(&self, env: Vec<(OsString, OsString)>) -> Command {
        let command = Command::new(&self.program, self.launcher.clone());
        Command { env, output_cap: OUTPUT_CAP, ..command }
    }

    fn toolchain(&self) -> Result<String> {
        let mut text = String::new();
        for program in [self.program.clone(), "rustc".into()] {
            let mut command =
                self.command(self.build_env.clone()).args(["-vV"]).dir(Path::new("/"));
            command.program = program;
            let outcome = command.run(std::time::Duration::from_secs(60), None);
            super::program::require_success(&outcome, "asking for the compiler's version")?;
            text += &identifying(&String::from_utf8_lossy(&outcome.stdout));
        }
        Ok(text)
    }
}

/// What of `-vV` identifies a toolchain. The line about the system depends on which
/// programs can be found.
fn identifying(version: &str) -> String {
    let names = ["release:", "commit-hash:", "host:", "LLVM version:"];
    let lines = version.lines().filter(|line| names.iter().any(|name| line.starts_with(name)));
    lines.map(|line| line.to_owned() + "\n").collect()
}

/// Makes `link` stand for a folder that may not be there yet.
fn share(folder: &Path, link: &Path) -> Result<()> {
    std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    if std::fs::read_link(link).is_ok_and(|to| to == folder) {
        return Ok(());
    }
    if link.symlink_metadata().is_ok() {
        std::fs::remove_file(link).with_context(|| link.display().to_string())?;
    }
    std::os::unix::fs::symlink(folder, link).with_context(|| link.display().to_string())
}

/// The part of the user's configuration that says where packages come from: of
/// the folders above the kit, nearest first, and of the user's own.
fn sources(cargo_home: &Path, root: &Path) -> Result<String> {
    let mut found = toml::Table::new();
    let above = root.ancestors().map(|folder| folder.join(".cargo"));
    for folder in above.chain([cargo_home.to_owned()]) {
        let files = ["config.toml", "config"].map(|name| folder.join(name));
        let Some(file) = files.into_iter().find(|file| file.is_file()) else { continue };
        let text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        // A file that cargo cannot read either is not for this program to judge.
        let Ok(table) = text.parse::<toml::Table>() else { continue };
        for (name, value) in table {
            if SOURCES.contains(&name.as_str()) {
                merge(&mut found, name, absolute(value, folder.parent().unwrap_or(&folder)));
            }
        }
    }
    Ok(toml::to_string(&found)?)
}

/// Adds a value; what is there already, from a nearer file, stays.
fn merge(table: &mut toml::Table, name: String, value: toml::Value) {
    match (table.get_mut(&name), value) {
        (Some(toml::Value::Table(known)), toml::Value::Table(more)) => {
            more.into_iter().for_each(|(name, value)| merge(known, name, value));
        }
        (Some(_), _) => {}
        (None, value) => _ = table.insert(name, value),
    }
}

/// Paths of a configuration count from the folder that `.cargo` lies in.
fn absolute(mut value: toml::Value, folder: &Path) -> toml::Value {
    if let Some(table) = value.as_table_mut() {
        for (name, value) in table.iter_mut() {
            match value {
                toml::Value::String(path)
                    if ["directory", "local-registry"].contains(&name.as_str()) =>
                {
                    *path = folder.join(&*path).display().to_string();
                }
                toml::Value::Table(_) => *value = absolute(value.clone(), folder),
                _ => {}
            }
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::{identifying, sources};

    #[test]
    fn a_toolchain_is_the_same_whatever_the_system_says_of_itself() {
        let version = "cargo 1.95.0 (f2d3ce0bd)\nrelease: 1.95.0\ncommit-hash: f2d3\nhost: x86_64\nos: Debian [64-bit]\n";
        assert_eq!(identifying(version), "release: 1.95.0\ncommit-hash: f2d3\nhost: x86_64\n");
    }

    #[test]
    fn of_a_users_configuration_only_the_sources_reach_a_graded_build() {
        let folder = tempfile::tempdir().unwrap();
        let (home, kit) = (folder.path().join("home"), folder.path().join("above/kit"));
        std::fs::create_dir_all(home.join("x")).unwrap();
        std::fs::create_dir_all(folder.path().join("above/.cargo")).unwrap();
        std::fs::create_dir_all(&kit).unwrap();
        std::fs::write(
            home.join("config.toml"),
            "[build]\nrustflags = [\"-Copt-level=0\"]\n[env]\nA = \"1\"\n[source.crates-io]\nreplace-with = \"far\"\n[source.far]\nlocal-registry = \"/far\"\n",
        )
        .unwrap();
        std::fs::write(
            folder.path().join("above/.cargo/config.toml"),
            "[profile.release]\noverflow-checks = false\n[source.crates-io]\nreplace-with = \"near\"\n[source.near]\ndirectory = \"vendor\"\n",
        )
        .unwrap();
        let config: toml::Table = sources(&home, &kit).unwrap().parse().unwrap();
        assert_eq!(config.keys().collect::<Vec<_>>(), ["source"]);
        assert_eq!(config["source"]["crates-io"]["replace-with"].as_str(), Some("near"));
        let vendor = folder.path().join("above/vendor");
        assert_eq!(config["source"]["near"]["directory"].as_str(), vendor.to_str());
    }
}
