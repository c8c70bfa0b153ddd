//! Commits of the repository around the kit. What is in one is read as an archive:
//! nothing of a request is ever checked out.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};
use course::outcome::{Exit as Ended, Outcome};
use supervise::{Command, Launcher};

use kit::error::UserError;
use kit::exit_code::Exit;

/// How long one command of git may take.
const DEADLINE: Duration = Duration::from_secs(120);

/// Most bytes of a list that git prints.
const OUTPUT_CAP: usize = 4 << 20;

/// The repository that a folder belongs to.
#[derive(Debug)]
pub struct Repository {
    folder: PathBuf,
    env: Vec<(OsString, OsString)>,
}

impl Repository {
    /// The repository around `folder`; `env` has the search path for git.
    #[must_use]
    pub fn new(folder: &Path, env: &[(OsString, OsString)]) -> Self {
        let fixed = [
            // Neither the user's settings nor a question at the terminal nor the network.
            ("GIT_CONFIG_GLOBAL", "/dev/null"),
            ("GIT_CONFIG_NOSYSTEM", "1"),
            ("GIT_TERMINAL_PROMPT", "0"),
            ("GIT_NO_LAZY_FETCH", "1"),
            ("LC_ALL", "C"),
        ];
        let path = env.iter().filter(|(name, _)| name == "PATH").cloned();
        let fixed = fixed.map(|(name, value)| (name.into(), value.into()));
        Self { folder: folder.to_owned(), env: path.chain(fixed).collect() }
    }

    /// The commit that a name means, as its hash.
    ///
    /// # Errors
    /// When there is none, or no git, or no repository.
    pub fn commit(&self, name: &str) -> Result<String, UserError> {
        let asked = format!("{name}^{{commit}}");
        let outcome = self.run(&["rev-parse", "--verify", "--end-of-options", &asked]);
        let refuse = |what: String, next: &str| Err(UserError::new(Exit::Usage, what, next));
        match outcome.exit {
            Ended::Code(0) => Ok(text(&outcome.stdout).trim().to_owned()),
            Ended::NotStarted(why) => {
                refuse(format!("git cannot be started: {why}"), "install git")
            }
            _ => refuse(
                format!("`{name}` is no commit here: {}", text(&outcome.stderr).trim()),
                "fetch it first, and give its name or hash",
            ),
        }
    }

    /// The commit that two have in common, where that is known here; a shallow clone
    /// does not know.
    #[must_use]
    pub fn merge_base(&self, one: &str, other: &str) -> Option<String> {
        let outcome = self.run(&["merge-base", one, other]);
        (outcome.exit == Ended::Code(0)).then(|| text(&outcome.stdout).trim().to_owned())
    }

    /// Writes the files of a commit to `file`, as a tar.
    ///
    /// # Errors
    /// When git cannot.
    pub fn archive(&self, commit: &str, file: &Path) -> Result<()> {
        let output = format!("--output={}", file.display());
        // The kit may lie in a folder of its repository.
        let tree = format!("{commit}:./");
        let outcome = self.run(&["archive", "--format=tar", &output, &tree]);
        let said = text(&outcome.stderr);
        (outcome.exit == Ended::Code(0))
            .then_some(())
            .with_context(|| format!("git archive {commit}: {}", said.trim()))
    }

    /// The files that differ between two commits, by their path in the repository.
    ///
    /// # Errors
    /// When git cannot.
    pub fn changed(&self, from: &str, to: &str) -> Result<Vec<String>> {
        let plain = [
            "diff",
            "--relative",
            "--name-only",
            "-z",
            "--no-renames",
            "--no-ext-diff",
            "--no-textconv",
        ];
        let outcome = self.run(&[plain.as_slice(), &[from, to]].concat());
        let said = text(&outcome.stderr);
        (outcome.exit == Ended::Code(0))
            .then_some(())
            .with_context(|| format!("git diff: {}", said.trim()))?;
        let names = outcome.stdout.split(|byte| *byte == 0).filter(|name| !name.is_empty());
        Ok(names.map(text).collect())
    }

    fn run(&self, arguments: &[&str]) -> Outcome {
        let safe = format!("safe.directory={}", self.folder.display());
        let fixed = ["-c", safe.as_str(), "-c", "core.hooksPath=/dev/null"];
        let command = Command::new("git", Launcher::Direct)
            .args(fixed.iter().chain(arguments).copied())
            .dir(&self.folder);
        let command = Command { env: self.env.clone(), output_cap: OUTPUT_CAP, ..command };
        command.run(DEADLINE, None)
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
