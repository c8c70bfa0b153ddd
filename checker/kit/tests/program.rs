//! The program `kit`, as `cargo hint` and `cargo checker` run it.

use std::path::Path;
use std::process::{Command, Output};

/// Runs the program somewhere inside the kit, with `cargo` in place of the real one.
fn kit(cargo: &str, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_kit"))
        .args(arguments)
        .env("CARGO", cargo)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../exercises"))
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn it_answers_without_cargo() {
    for arguments in [
        vec!["list"],
        vec!["list", "4.1", "5"],
        vec!["hint", "1.1"],
        vec!["hint", "1.1", "--level", "3"],
    ] {
        let said = kit("/nowhere/cargo", &arguments);
        assert!(said.status.success(), "{arguments:?}: {said:?}");
        assert!(text(&said.stdout).contains(arguments.get(1).unwrap_or(&"7.3")), "{said:?}");
    }
}

#[test]
fn a_wrong_question_gets_two_lines_and_its_exit_code() {
    let said = kit("/nowhere/cargo", &["hint", "9.9"]);
    assert_eq!(said.status.code(), Some(2), "{said:?}");
    assert_eq!(text(&said.stderr).lines().count(), 2, "{said:?}");
}

#[test]
fn everything_else_goes_to_the_checker_as_it_was_typed() {
    for arguments in [
        vec!["grade", "4.1", "--format", "json"],
        vec!["list", "--help"],
        vec!["hint", "--level", "2", "1.1"],
        vec!["hint", "1.1", "--level", "4"],
        vec!["hint"],
        vec!["--version"],
        vec![],
    ] {
        let said = kit("echo", &arguments);
        let typed = [vec!["run --quiet --package checker --"], arguments].concat().join(" ");
        assert_eq!(text(&said.stdout).trim_end(), typed, "{said:?}");
    }
}

#[test]
fn without_cargo_it_says_so() {
    let said = kit("/nowhere/cargo", &["grade"]);
    assert_eq!(said.status.code(), Some(70), "{said:?}");
    assert!(text(&said.stderr).starts_with("error: cargo: "), "{said:?}");
    assert_eq!(text(&said.stderr).lines().count(), 2, "{said:?}");
}
