//! A real build inside the sandbox.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use sandbox::Policy;
use tempfile::TempDir;

use crate::lab::{layers, shim};

/// A crate whose only source is this, the folder that it is built into, and a
/// secret beside them.
fn package(source: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for path in ["kit/src", "build/tmp"] {
        fs::create_dir_all(folder.path().join(path)).unwrap();
    }
    let manifest = "[package]\nname = \"tiny\"\nedition = \"2024\"\n[workspace]\n";
    fs::write(folder.path().join("kit/Cargo.toml"), manifest).unwrap();
    fs::write(
        folder.path().join("kit/Cargo.lock"),
        "version = 4\n[[package]]\nname = \"tiny\"\nversion = \"0.0.0\"\n",
    )
    .unwrap();
    fs::write(folder.path().join("kit/src/main.rs"), source).unwrap();
    fs::write(folder.path().join("secret"), "the solution").unwrap();
    folder
}

/// Where the toolchain is, past any proxy in front of it.
fn toolchain() -> PathBuf {
    let output = Command::new("rustc").args(["--print", "sysroot"]).output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().into()
}

fn build(folder: &Path) -> Output {
    let toolchain = toolchain();
    let cargo = toolchain.join("bin/cargo");
    let (kit, target) = (folder.join("kit"), folder.join("build"));
    let mut policy = Policy::compile(
        layers(),
        &cargo,
        std::slice::from_ref(&toolchain),
        std::slice::from_ref(&kit),
        &target,
    );
    policy.private_tmp = Some(target.join("tmp"));
    let mut command = shim().command(&policy, &cargo).unwrap();
    command
        .args(["build", "--offline", "--locked", "--target-dir"])
        .arg(&target)
        .current_dir(kit)
        .env_clear()
        .env("PATH", std::env::join_paths([&toolchain.join("bin"), Path::new("/usr/bin")]).unwrap())
        .env("CARGO_HOME", target.join("home"))
        .env("TMPDIR", target.join("tmp"))
        .output()
        .unwrap()
}

#[test]
fn cargo_builds_and_the_program_runs() {
    let folder = package("fn main() { println!(\"built\") }");
    let output = build(folder.path());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let output = Command::new(folder.path().join("build/debug/tiny")).output().unwrap();
    assert_eq!(output.stdout, b"built\n");
}

#[test]
fn the_compiler_includes_no_file_of_others() {
    for source in [
        "fn main() { println!(include_str!(\"../../secret\")) }",
        "#[path = \"../../secret\"] mod secret; fn main() {}",
        "#[doc = include_str!(\"../../secret\")] fn main() {}",
        "fn main() { println!(\"{:?}\", include_bytes!(\"/proc/self/environ\")) }",
    ] {
        let folder = package(source);
        let output = build(folder.path());
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(101), "{said}");
        assert!(said.contains("Permission denied"), "{said}");
    }
}
