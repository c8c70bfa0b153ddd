//! Cargo as graded builds see it: without the configuration of the user or of any
//! folder above the kit, but with the same registry.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use supervise::{Command, Launcher, Limits, cores};

use super::Stage;
use super::isolation::Isolation;
use super::memory::{fewer_jobs, memory};
use super::toolchain::Toolchain;
use crate::settings::Settings;

/// Most bytes of cargo's messages that are kept.
const OUTPUT_CAP: usize = 32 << 20;

/// The tables of a configuration that say where packages come from.
const SOURCES: [&str; 3] = ["source", "registries", "registry"];

/// What names a folder with packages in a source of a configuration.
const PLACES: [&str; 2] = ["directory", "local-registry"];

/// The folders of a cargo home that graded builds share with the user's own.
const SHARED: [&str; 2] = ["registry", "git"];

/// How cargo is run.
#[derive(Debug, Clone)]
pub struct Cargo {
    toolchain: Toolchain,
    isolation: Isolation,
    /// The folder with cargo's view of the registry, and its configuration.
    home: PathBuf,
    /// Where the registry really is.
    shared: Vec<PathBuf>,
    /// The configuration, which says where packages come from.
    sources: String,
    build_env: Vec<(OsString, OsString)>,
    fetch_env: Vec<(OsString, OsString)>,
    launcher: Launcher,
}

impl Cargo {
    /// Sets a configuration of its own up in the work folder.
    ///
    /// # Errors
    /// When it cannot be written, or there is no cargo.
    pub fn new(
        settings: &Settings,
        isolation: Isolation,
        work: &Path,
        root: &Path,
    ) -> Result<Self> {
        let home = work.join("cargo-home");
        std::fs::create_dir_all(&home).with_context(|| home.display().to_string())?;
        let mut shared: Vec<_> = SHARED.map(|name| settings.cargo_home.join(name)).into();
        for (folder, name) in shared.iter().zip(SHARED) {
            share(folder, &home.join(name))?;
        }
        let config = sources(&settings.cargo_home, root)?;
        shared.extend(folders(&config));
        let file = home.join("config.toml");
        let sources = toml::to_string(&config)?;
        std::fs::write(&file, &sources).with_context(|| file.display().to_string())?;
        let launcher = Launcher::this_program(Limits::COMPILER)?;
        let toolchain = Toolchain::find(settings, &launcher)?;
        let mut build_env = settings.build_env.clone();
        build_env.extend([
            ("CARGO_HOME".into(), home.clone().into()),
            ("CARGO_TERM_COLOR".into(), "never".into()),
            // An incremental cache serves small changes. From one submission to the
            // next nearly everything that uses it is compiled again, and writing costs.
            ("CARGO_INCREMENTAL".into(), "0".into()),
        ]);
        if let Some(jobs) = fewer_jobs(cores(), memory()) {
            build_env.push(("CARGO_BUILD_JOBS".into(), jobs.to_string().into()));
        }
        if let Some(rustc) = &toolchain.rustc {
            build_env.push(("RUSTC".into(), rustc.clone().into()));
        }
        Ok(Self {
            toolchain,
            isolation,
            home,
            shared,
            sources,
            build_env,
            fetch_env: settings.fetch_env.clone(),
            launcher,
        })
    }

    /// What identifies the toolchain: the versions of cargo and of its compiler.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.toolchain.version
    }

    /// Where packages come from. Those from elsewhere are compiled anew.
    #[must_use]
    pub fn sources(&self) -> &str {
        &self.sources
    }

    /// How programs of a student's are held.
    #[must_use]
    pub fn isolation(&self) -> &Isolation {
        &self.isolation
    }

    /// A build in a stage of what a student wrote, which starts where no
    /// configuration lies above.
    ///
    /// # Errors
    /// When the build folder cannot be written, or a path is not UTF-8.
    pub fn build(&self, stage: &Stage, identity: &str) -> Result<Command> {
        let mut sources = self.shared.clone();
        sources.push(stage.root.clone());
        let cargo = &self.toolchain.cargo;
        let hold = self.isolation.compile(
            cargo,
            &self.toolchain.folders,
            &sources,
            &stage.target,
            &self.home,
        )?;
        let mut command = self.in_stage(stage, identity);
        command.launcher = hold.launcher;
        command.env.extend(hold.env);
        Ok(command)
    }

    /// The same for what is the kit's own, which nobody needs to be kept from.
    #[must_use]
    pub fn in_stage(&self, stage: &Stage, identity: &str) -> Command {
        self.command(self.build_env.clone())
            .env("CARGO_TARGET_DIR", &stage.target)
            .env("COURSE_LAID", identity)
            .args(["--manifest-path".into(), stage.root.join("Cargo.toml").into_os_string()])
            .dir(Path::new("/"))
    }

    /// Fetches what the kit's lock file names, as the user's own cargo would.
    #[must_use]
    pub fn fetch(&self, root: &Path) -> Command {
        self.command(self.fetch_env.clone()).args(["fetch", "--locked"]).dir(root)
    }

    /// Writes every package of the kit's lock file into a folder.
    #[must_use]
    pub fn vendor(&self, root: &Path, folder: &Path) -> Command {
        let arguments = ["vendor", "--locked", "--versioned-dirs"].map(OsString::from);
        let arguments = arguments.into_iter().chain([folder.as_os_str().to_owned()]);
        self.command(self.fetch_env.clone()).args(arguments).dir(root)
    }

    /// Says which packages of the kit's lock file are compiled for some systems.
    #[must_use]
    pub fn metadata(&self, root: &Path, systems: &[String]) -> Command {
        let filters = systems.iter().flat_map(|system| ["--filter-platform", system]);
        let arguments = ["metadata", "--locked", "--format-version", "1"].into_iter();
        self.command(self.fetch_env.clone()).args(arguments.chain(filters)).dir(root)
    }

    /// The folder of the toolchain itself.
    #[must_use]
    pub fn sysroot(&self) -> Option<&Path> {
        self.toolchain.rustc.as_deref()?.parent()?.parent()
    }

    fn command(&self, env: Vec<(OsString, OsString)>) -> Command {
        let command = Command::new(&self.toolchain.cargo, self.launcher.clone());
        Command { env, output_cap: OUTPUT_CAP, ..command }
    }
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
fn sources(cargo_home: &Path, root: &Path) -> Result<toml::Table> {
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
    Ok(found)
}

/// The folders on this machine that packages come from.
fn folders(config: &toml::Table) -> Vec<PathBuf> {
    let sources = config.get("source").and_then(toml::Value::as_table).into_iter().flatten();
    let places = sources.filter_map(|(_, source)| source.as_table()).flat_map(|source| {
        PLACES.iter().filter_map(|place| source.get(*place).and_then(toml::Value::as_str))
    });
    places.map(PathBuf::from).collect()
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
                toml::Value::String(path) if PLACES.contains(&name.as_str()) => {
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
    use super::{folders, sources};

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
        let config = sources(&home, &kit).unwrap();
        assert_eq!(config.keys().collect::<Vec<_>>(), ["source"]);
        assert_eq!(config["source"]["crates-io"]["replace-with"].as_str(), Some("near"));
        let vendor = folder.path().join("above/vendor");
        assert_eq!(config["source"]["near"]["directory"].as_str(), vendor.to_str());
        // A confined compiler must be let into the folders that packages come from.
        assert_eq!(folders(&config), ["/far".into(), vendor]);
    }
}
