//! The environment variables of the checker, read once and nowhere else.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use anyhow::Context;
use kit::error::UserError;
use kit::exit_code::Exit;
use kit::files::hash;
use sandbox::Layer;

/// Variables of the caller that a graded build may see: where things are, and the
/// toolchain. Nothing of flags, wrappers and profiles.
const KEPT: [&str; 6] = ["PATH", "HOME", "RUSTUP_HOME", "RUSTUP_TOOLCHAIN", "TMPDIR", "LANG"];

/// The variable with layers of isolation to leave out, as `landlock,pid-namespace`.
const SWITCHED_OFF: &str = "COURSE_WITHOUT_LAYERS";

/// The environment of this run.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The folder that the checker was started in.
    pub here: PathBuf,
    /// Whether a terminal may be written to in colour.
    pub colour: bool,
    /// The program that builds.
    pub cargo: PathBuf,
    /// Where cargo keeps its registry and the user's configuration.
    pub cargo_home: PathBuf,
    /// What a graded build sees of the environment.
    pub build_env: Vec<(OsString, OsString)>,
    /// What fetching sees: all of it, with proxies and certificates, but nothing
    /// that would move what is built.
    pub fetch_env: Vec<(OsString, OsString)>,
    /// Layers of isolation that are left out, for a test or a system that errs.
    pub switched_off: BTreeSet<Layer>,
    target: Option<PathBuf>,
    cache: PathBuf,
}

impl Settings {
    /// Reads the environment of this process.
    ///
    /// # Errors
    /// When the current folder is gone, or a variable has a value that makes no sense.
    pub fn read() -> anyhow::Result<Self> {
        let here = std::env::current_dir().context("the current folder")?;
        let all: Vec<(OsString, OsString)> = std::env::vars_os().collect();
        let switched_off = switched_off(&all)?;
        Ok(Self { switched_off, ..Self::from_variables(here, all) })
    }

    fn from_variables(here: PathBuf, all: Vec<(OsString, OsString)>) -> Self {
        let variable = |name: &str| {
            let found = all.iter().find(|(known, _)| known == name);
            found.map(|(_, value)| value.clone()).filter(|value| !value.is_empty())
        };
        // As cargo does: a relative path counts from the folder it was started in.
        let folder = |name: &str| variable(name).map(|path| here.join(path));
        // Without the variable, the one that the system keeps for this user, as cargo does.
        let home = folder("HOME").or_else(std::env::home_dir).unwrap_or_else(|| here.clone());
        let cargo_home = folder("CARGO_HOME").unwrap_or_else(|| home.join(".cargo"));
        let kept = |name: &&str| Some(((*name).into(), variable(name)?));
        let moves = |name: &OsStr| {
            let name = name.to_string_lossy();
            name == "CARGO_TARGET_DIR" || name.starts_with("CARGO_BUILD_")
        };
        Self {
            colour: variable("NO_COLOR").is_none(),
            cargo: variable("CARGO").map_or_else(|| "cargo".into(), PathBuf::from),
            target: folder("CARGO_TARGET_DIR"),
            cache: folder("XDG_CACHE_HOME").unwrap_or_else(|| home.join(".cache")),
            build_env: KEPT.iter().filter_map(kept).collect(),
            fetch_env: all.iter().filter(|(name, _)| !moves(name)).cloned().collect(),
            cargo_home,
            switched_off: BTreeSet::new(),
            here,
        }
    }

    /// The folder for stages, builds and evidence of the kit at `root`: in the
    /// build folder, or in the user's cache where that cannot be written.
    ///
    /// # Errors
    /// When neither can be written; says which variable to set.
    pub fn work_folder(&self, root: &Path) -> Result<PathBuf, UserError> {
        let beside = self.target.clone().unwrap_or_else(|| root.join("target")).join("checker");
        let Err(why) = is_writable(&beside) else { return Ok(beside) };
        let name = hash([("kit", root.as_os_str().as_encoded_bytes())]);
        let cached = self.cache.join("parallel-course-kit").join(name);
        let refused = |also| {
            UserError::new(
                Exit::Bug,
                format!("{}: {why}; {}: {also}", beside.display(), cached.display()),
                "set CARGO_TARGET_DIR to a folder that you can write to",
            )
        };
        is_writable(&cached).map_err(refused)?;
        Ok(cached)
    }
}

/// The layers that [`SWITCHED_OFF`] names.
fn switched_off(all: &[(OsString, OsString)]) -> Result<BTreeSet<Layer>, UserError> {
    let named = all.iter().find(|(name, _)| name == SWITCHED_OFF);
    let named = named.map(|(_, value)| value.to_string_lossy()).unwrap_or_default();
    let words = named.split(',').map(str::trim).filter(|word| !word.is_empty());
    let layer = |word: &str| {
        let found = Layer::ALL.into_iter().find(|layer| layer.name().replace(' ', "-") == word);
        found.ok_or_else(|| {
            let all = Layer::ALL.map(|layer| layer.name().replace(' ', "-")).join(", ");
            UserError::new(
                Exit::Usage,
                format!("{SWITCHED_OFF}: there is no layer `{word}`"),
                format!("use some of {all}"),
            )
        })
    };
    words.map(layer).collect()
}

/// Makes a folder and tries to write into it.
fn is_writable(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    tempfile::tempfile_in(folder).map(drop)
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;
    use std::path::{Path, PathBuf};

    use super::Settings;

    fn settings(variables: &[(&str, &str)]) -> Settings {
        let owned = |(name, value): &(&str, &str)| (OsString::from(name), OsString::from(value));
        Settings::from_variables("/kit/exercises".into(), variables.iter().map(owned).collect())
    }

    /// Never the folder that it was started in: the kit is no place for a registry.
    #[test]
    fn without_a_home_in_the_environment_there_is_still_one() {
        let settings = settings(&[("HOME", "")]);
        assert!(settings.cargo_home.is_absolute() && settings.cargo_home.ends_with(".cargo"));
        assert!(!settings.cargo_home.starts_with("/kit"), "{:?}", settings.cargo_home);
    }

    #[test]
    fn a_relative_build_folder_counts_from_where_the_checker_was_started() {
        let folder = tempfile::tempdir().unwrap();
        let variables = [(OsString::from("CARGO_TARGET_DIR"), OsString::from("build"))];
        let settings =
            Settings::from_variables(folder.path().to_owned(), variables.into_iter().collect());
        let work = settings.work_folder(Path::new("/nowhere/kit")).unwrap();
        assert_eq!(work, folder.path().join("build/checker"));
    }

    #[test]
    fn a_kit_that_cannot_be_written_is_graded_from_the_cache() {
        let folder = tempfile::tempdir().unwrap();
        // A file where the build folder should be: nobody can make it, root neither.
        std::fs::write(folder.path().join("target"), "").unwrap();
        let cache = folder.path().join("cache");
        let settings = settings(&[("XDG_CACHE_HOME", cache.to_str().unwrap())]);
        let work = settings.work_folder(folder.path()).unwrap();
        assert!(work.starts_with(&cache), "{work:?}");
        std::fs::remove_dir_all(&cache).unwrap();
        std::fs::write(&cache, "").unwrap();
        let refused = settings.work_folder(folder.path()).unwrap_err();
        assert!(refused.next.contains("CARGO_TARGET_DIR"), "{refused}");
    }

    #[test]
    fn flags_stay_out_of_graded_builds_and_proxies_reach_what_fetches() {
        let settings = settings(&[
            ("PATH", "/bin"),
            ("RUSTFLAGS", "-Ctarget-cpu=native"),
            ("CARGO_BUILD_TARGET", "wasm32"),
            ("CARGO_HTTP_CAINFO", "/ca.pem"),
            ("https_proxy", "proxy:3128"),
            ("HOME", "/me"),
        ]);
        let names = |env: &[(OsString, OsString)]| -> Vec<String> {
            env.iter().map(|(name, _)| name.to_string_lossy().into_owned()).collect()
        };
        assert_eq!(names(&settings.build_env), ["PATH", "HOME"]);
        let fetch = names(&settings.fetch_env);
        for name in ["CARGO_HTTP_CAINFO", "https_proxy", "PATH"] {
            assert!(fetch.iter().any(|known| known == name), "{name}");
        }
        assert!(!fetch.iter().any(|known| known == "CARGO_BUILD_TARGET"));
        assert_eq!(settings.cargo_home, PathBuf::from("/me/.cargo"));
    }
}
