//! The folder that every image is made from: it grades without a network.

use std::path::Path;

use anyhow::{Context, Result};

use super::packages;
use crate::error::UserError;
use crate::exit_code::Exit;
use crate::kit::Kit;
use crate::new_folder::put;
use crate::release;
use crate::workspace::Cargo;

/// What of a toolchain's programs a grading calls.
const PROGRAMS: [&str; 3] = ["cargo", "rustc", "rustdoc"];

/// The scripts that are alike for all systems.
const SCRIPTS: [&str; 3] = ["setup.sh", "environment.sh", "grade.sh"];

/// Where cargo finds packages: beside its home folder.
const SOURCES: &str = "\
[source.crates-io]
replace-with = \"packages\"

[source.packages]
directory = \"packages\"
";

/// What such a folder is made from.
pub(super) struct Image<'a> {
    pub kit: &'a Kit,
    pub cargo: &'a Cargo,
}

impl Image<'_> {
    /// Writes the kit with its solutions, the packages, the toolchain and the scripts.
    pub fn write(&self, folder: &Path) -> Result<()> {
        for (path, bytes) in release::own_files(self.kit, &["solutions"])? {
            put(&folder.join("kit").join(path), bytes)?;
        }
        for script in SCRIPTS {
            let path = self.kit.root.join(super::TEMPLATES).join(script);
            let text = std::fs::read(&path).with_context(|| path.display().to_string())?;
            put(&folder.join(script), text)?;
        }
        put(&folder.join("cargo-home/config.toml"), SOURCES)?;
        let systems = self.toolchain(&folder.join("toolchain"))?;
        packages::write(self.cargo, &self.kit.root, &systems, &folder.join("packages"))
    }

    /// Copies what of the toolchain a grading needs. Returns the systems it compiles for.
    fn toolchain(&self, folder: &Path) -> Result<Vec<String>> {
        let refused = || {
            UserError::new(
                Exit::Bug,
                "this toolchain is a part of the system and cannot be copied",
                "install Rust with rustup, and run this again",
            )
        };
        let root = self.cargo.sysroot().filter(|root| *root != Path::new("/usr"));
        let root = root.ok_or_else(refused)?;
        for program in PROGRAMS {
            copy(&root.join("bin").join(program), &folder.join("bin").join(program))?;
        }
        for name in names(&root.join("lib"))? {
            if name.contains(".so") {
                copy(&root.join("lib").join(&name), &folder.join("lib").join(&name))?;
            }
        }
        let system = |name: &String| {
            name.starts_with(&format!("{}-", std::env::consts::ARCH)) && name.contains("-linux-")
        };
        let systems: Vec<String> =
            names(&root.join("lib/rustlib"))?.into_iter().filter(system).collect();
        for system in &systems {
            let path = Path::new("lib/rustlib").join(system);
            copy(&root.join(&path), &folder.join(&path))?;
        }
        if systems.is_empty() { Err(refused().into()) } else { Ok(systems) }
    }
}

/// The names in a folder, as far as they are UTF-8.
fn names(folder: &Path) -> Result<Vec<String>> {
    let entries = std::fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    let names = entries.map(|entry| Ok(entry?.file_name())).collect::<std::io::Result<Vec<_>>>();
    Ok(names?.into_iter().filter_map(|name| name.into_string().ok()).collect())
}

/// Copies a file, or a folder with all that is in it; links become what they point to.
fn copy(from: &Path, to: &Path) -> Result<()> {
    if from.is_dir() {
        return names(from)?.iter().try_for_each(|name| copy(&from.join(name), &to.join(name)));
    }
    if let Some(folder) = to.parent() {
        std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    std::fs::copy(from, to).with_context(|| from.display().to_string())?;
    Ok(())
}
