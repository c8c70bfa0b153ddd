//! The packages of the kit's lock file as a folder that cargo takes them from.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::workspace::Cargo;
use crate::workspace::program::require_success;

/// How long fetching may take.
const DEADLINE: Duration = Duration::from_secs(3600);

/// What cargo keeps of a package: the hashes of its files.
const HASHES: &str = ".cargo-checksum.json";

/// Writes the packages into a folder. Cargo wants each one of the lock file to be there;
/// of those that are not compiled for `systems` only the manifest is left and the sources
/// are empty, which makes the folder a third as large.
pub(super) fn write(cargo: &Cargo, root: &Path, systems: &[String], folder: &Path) -> Result<()> {
    require_success(&cargo.vendor(root, folder).run(DEADLINE, None), "cargo vendor")?;
    let outcome = cargo.metadata(root, systems).run(DEADLINE, None);
    require_success(&outcome, "cargo metadata")?;
    let needed = needed(&serde_json::from_slice(&outcome.stdout).context("cargo metadata")?);
    for entry in std::fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let entry = entry?;
        if !entry.file_name().to_str().is_some_and(|name| needed.contains(name)) {
            empty(&entry.path()).with_context(|| entry.path().display().to_string())?;
        }
    }
    Ok(())
}

/// The folders of the packages that are compiled, of what `cargo metadata` says.
fn needed(metadata: &Value) -> BTreeSet<String> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let used: BTreeSet<String> = list(&metadata["resolve"]["nodes"])
        .iter()
        .filter_map(|node| node["id"].as_str().map(str::to_owned))
        .collect();
    let packages = list(&metadata["packages"]).into_iter();
    let packages = packages.filter(|one| one["id"].as_str().is_some_and(|id| used.contains(id)));
    packages
        .filter_map(|one| Some(format!("{}-{}", one["name"].as_str()?, one["version"].as_str()?)))
        .collect()
}

/// Leaves of a package what cargo reads when it does not compile it.
fn empty(package: &Path) -> Result<()> {
    let hashes = package.join(HASHES);
    let mut known: Value = serde_json::from_slice(&std::fs::read(&hashes)?)?;
    known["files"] = json!({});
    strip(package)?;
    std::fs::write(hashes, known.to_string())?;
    Ok(())
}

/// Empties sources and removes what is neither a source nor a manifest.
fn strip(folder: &Path) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() && !path.is_symlink() {
            strip(&path)?;
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            std::fs::write(&path, "")?;
        } else if path.file_name().is_none_or(|name| name != "Cargo.toml") {
            std::fs::remove_file(&path)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{HASHES, empty, needed};

    #[test]
    fn only_what_is_compiled_is_needed() {
        let metadata = json!({
            "packages": [
                { "id": "one", "name": "a", "version": "1.0.0" },
                { "id": "two", "name": "b", "version": "2.0.0+x" },
                { "id": "three", "name": "c", "version": "3.0.0" },
            ],
            "resolve": { "nodes": [{ "id": "one" }, { "id": "two" }] },
        });
        assert_eq!(needed(&metadata).into_iter().collect::<Vec<_>>(), ["a-1.0.0", "b-2.0.0+x"]);
    }

    #[test]
    fn of_a_package_that_is_not_compiled_cargo_still_finds_manifest_and_targets() {
        let folder = tempfile::tempdir().unwrap();
        let put = |path: &str, text: &str| {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        put("Cargo.toml", "[package]");
        put("src/lib.rs", "pub fn f() {}");
        put("src/large.lib", "bytes");
        put(HASHES, r#"{"files":{"src/lib.rs":"0a"},"package":"ff"}"#);
        empty(folder.path()).unwrap();
        let read = |path: &str| std::fs::read_to_string(folder.path().join(path));
        assert_eq!(read("Cargo.toml").unwrap(), "[package]");
        assert_eq!(read("src/lib.rs").unwrap(), "");
        assert!(read("src/large.lib").is_err());
        assert_eq!(read(HASHES).unwrap(), r#"{"files":{},"package":"ff"}"#);
    }
}
