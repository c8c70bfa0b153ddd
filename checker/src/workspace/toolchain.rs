//! The compiler and cargo themselves, not the proxies in front of them.
//!
//! A `cargo` or `rustc` of rustup's is a program that looks into the home folder
//! for the one that is meant. A confined build has no home folder, so the ones
//! that are meant are looked for once, before.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};
use supervise::{Command, Launcher};

use super::program::require_success;
use crate::settings::Settings;

/// How long a program may take to say what it is.
const DEADLINE: Duration = Duration::from_secs(60);

/// The programs that compile.
#[derive(Debug, Clone)]
pub struct Toolchain {
    /// Cargo itself.
    pub cargo: PathBuf,
    /// The compiler itself, where it lies in the toolchain's own folder.
    pub rustc: Option<PathBuf>,
    /// Folders with programs and libraries that a build uses.
    pub folders: Vec<PathBuf>,
    /// What identifies it: the versions of both.
    pub version: String,
}

impl Toolchain {
    /// Asks the compiler where it is.
    ///
    /// # Errors
    /// When there is none, or no cargo.
    pub fn find(settings: &Settings, launcher: &Launcher) -> Result<Self> {
        let env = &settings.build_env;
        let ask = |program: &Path, arguments: &[&str]| -> Result<String> {
            let command = Command::new(program, launcher.clone()).args(arguments);
            let command = Command { env: env.clone(), ..command }.dir(Path::new("/"));
            let outcome = command.run(DEADLINE, None);
            require_success(&outcome, "asking for the compiler's version")?;
            Ok(String::from_utf8_lossy(&outcome.stdout).into_owned())
        };
        let sysroot = PathBuf::from(ask("rustc".as_ref(), &["--print", "sysroot"])?.trim());
        let search = env.iter().find(|(name, _)| name == "PATH").map(|(_, path)| path.clone());
        let search: Vec<PathBuf> = std::env::split_paths(&search.unwrap_or_default())
            .filter(|p| p.is_absolute())
            .collect();
        let own = |name: &str| Some(sysroot.join("bin").join(name)).filter(|path| path.is_file());
        let cargo = match settings.cargo.components().count() {
            1 => own("cargo")
                .or_else(|| {
                    search.iter().map(|path| path.join("cargo")).find(|path| path.is_file())
                })
                .context("there is no cargo; install Rust with rustup")?,
            _ => settings.cargo.clone(),
        };
        let rustc = own("rustc");
        let compiler = rustc.clone().unwrap_or_else(|| "rustc".into());
        let version =
            identifying(&ask(&cargo, &["-vV"])?) + &identifying(&ask(&compiler, &["-vV"])?);
        let home = env.iter().find(|(name, _)| name == "HOME").map(|(_, home)| home.clone());
        let mut folders = tools(&search, home.as_ref());
        folders.extend(cargo.parent().map(Path::to_owned));
        folders.push(sysroot);
        Ok(Self { cargo, rustc, folders, version })
    }
}

/// The folders that programs of the search path need: their own and, where it is
/// called `bin`, its neighbours, with what the programs themselves read. None in or
/// above the home folder, which has more in it than programs.
fn tools(search: &[PathBuf], home: Option<&OsString>) -> Vec<PathBuf> {
    let home = home.map(PathBuf::from).unwrap_or_else(|| "/".into());
    search
        .iter()
        .map(|path| match path.file_name() {
            Some(name) if name == "bin" => path.parent().unwrap_or(path).to_owned(),
            _ => path.clone(),
        })
        .filter(|folder| folder.parent().is_some())
        .filter(|folder| !folder.starts_with(&home) && !home.starts_with(folder))
        .collect()
}

/// What of `-vV` identifies a toolchain. The line about the system depends on which
/// programs can be found.
fn identifying(version: &str) -> String {
    let names = ["release:", "commit-hash:", "host:", "LLVM version:"];
    let lines = version.lines().filter(|line| names.iter().any(|name| line.starts_with(name)));
    lines.map(|line| line.to_owned() + "\n").collect()
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::{identifying, tools};

    #[test]
    fn a_toolchain_is_the_same_whatever_the_system_says_of_itself() {
        let version = "cargo 1.95.0 (f2d3ce0bd)\nrelease: 1.95.0\ncommit-hash: f2d3\nhost: x86_64\nos: Debian [64-bit]\n";
        assert_eq!(identifying(version), "release: 1.95.0\ncommit-hash: f2d3\nhost: x86_64\n");
    }

    #[test]
    fn of_the_search_path_nothing_opens_a_home_folder() {
        let search = ["/opt/gcc/bin", "/people/me/.cargo/bin", "/people/bin", "/bin", "/odd"];
        let search: Vec<PathBuf> = search.into_iter().map(PathBuf::from).collect();
        let found = tools(&search, Some(&"/people/me".into()));
        assert_eq!(found, [PathBuf::from("/opt/gcc"), PathBuf::from("/odd")]);
    }
}
