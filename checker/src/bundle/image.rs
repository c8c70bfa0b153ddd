//! The folder that every image is made from: it grades without a network.

use std::path::Path;

use anyhow::{Context, Result};
use kit::Kit;
use kit::error::UserError;
use kit::exit_code::Exit;
use kit::files::{copy_folder, list};

use super::packages;
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

/// Writes the kit with its solutions, the packages, the toolchain and the scripts.
pub(super) fn write(kit: &Kit, cargo: &Cargo, folder: &Path) -> Result<()> {
    for (path, bytes) in release::own_files(kit, &["solutions"])? {
        put(&folder.join("kit").join(path), bytes)?;
    }
    for script in SCRIPTS {
        let path = kit.root.join(super::TEMPLATES).join(script);
        let text = std::fs::read(&path).with_context(|| path.display().to_string())?;
        put(&folder.join(script), text)?;
    }
    put(&folder.join("cargo-home/config.toml"), SOURCES)?;
    let systems = toolchain(cargo, &folder.join("toolchain"))?;
    packages::write(cargo, &kit.root, &systems, &folder.join("packages"))
}

/// Copies what of the toolchain a grading needs. Returns the systems it compiles for.
fn toolchain(cargo: &Cargo, folder: &Path) -> Result<Vec<String>> {
    let refused = || {
        UserError::new(
            Exit::Bug,
            "this toolchain is a part of the system and cannot be copied",
            "install Rust with rustup, and run this again",
        )
    };
    let root = cargo.sysroot().filter(|root| *root != Path::new("/usr"));
    let root = root.ok_or_else(refused)?;
    let programs = PROGRAMS.map(|program| Path::new("bin").join(program));
    let names = |folder: &str| -> Result<Vec<String>> {
        let paths = list(&root.join(folder))?.into_iter();
        Ok(paths.filter_map(|path| Some(path.file_name()?.to_str()?.to_owned())).collect())
    };
    let libraries = names("lib")?.into_iter().filter(|name| name.contains(".so"));
    let libraries = libraries.map(|name| Path::new("lib").join(name));
    for part in ["bin", "lib"] {
        let part = folder.join(part);
        std::fs::create_dir_all(&part).with_context(|| part.display().to_string())?;
    }
    for path in programs.into_iter().chain(libraries) {
        std::fs::copy(root.join(&path), folder.join(&path))
            .with_context(|| root.join(&path).display().to_string())?;
    }
    let mut systems = names("lib/rustlib")?;
    let prefix = format!("{}-", std::env::consts::ARCH);
    systems.retain(|name| name.starts_with(&prefix) && name.contains("-linux-"));
    for system in &systems {
        let path = Path::new("lib/rustlib").join(system);
        copy_folder(&root.join(&path), &folder.join(&path))?;
    }
    if systems.is_empty() { Err(refused().into()) } else { Ok(systems) }
}
