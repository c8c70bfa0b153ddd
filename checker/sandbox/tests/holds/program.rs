//! An honest program runs as if there were nothing.

use std::io::Write;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Stdio};

use sandbox::{Layer, Policy, REFUSED};

use crate::lab::{Lab, example, layers, shim};

/// Supervised, and not.
fn policies(lab: &Lab) -> [Policy; 3] {
    [
        lab.policy(),
        lab.with_children(),
        Policy::timed_call(layers(), &example("attacker"), &lab.own()),
    ]
}

#[test]
fn exit_codes_and_signals_arrive() {
    let lab = Lab::new();
    for policy in policies(&lab) {
        for code in [0, 1, 7, 101, 255] {
            let output = lab.run(&policy, &["exit", &code.to_string()]);
            assert_eq!(output.status.code(), Some(code), "{output:?}");
        }
        // ABRT, KILL, SEGV, TERM, XCPU
        for signal in [6, 9, 11, 15, 24] {
            let output = lab.run(&policy, &["signal", &signal.to_string()]);
            assert_eq!(output.status.signal(), Some(signal), "{output:?}");
        }
        assert_eq!(lab.run(&policy, &["abort"]).status.signal(), Some(6));
    }
}

#[test]
fn a_supervised_program_cannot_look_like_a_refusal() {
    let lab = Lab::new();
    let output = lab.run(&lab.policy(), &["exit", "125"]);
    assert_eq!(output.status.code(), Some(REFUSED + 1));
}

#[test]
fn streams_arguments_and_environment_arrive() {
    let lab = Lab::new();
    for policy in policies(&lab) {
        let mut command = lab.command(&policy, &["echo"]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(b"there and back").unwrap();
        assert_eq!(child.wait_with_output().unwrap().stdout, b"there and back");

        let mut policy = policy;
        policy.read_execute.push("/usr/bin".into());
        let mut command = shim().command(&policy, Path::new("/usr/bin/env")).unwrap();
        let output = command.env_clear().env("ONLY", "this one").output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stdout), "ONLY=this one\n");
    }
}

#[test]
fn a_program_counts_its_threads_and_cores() {
    let lab = Lab::new();
    let outside = Command::new(example("attacker")).args(["list-threads", "5"]).output().unwrap();
    for policy in policies(&lab) {
        let inside = lab.run(&policy, &["list-threads", "5"]);
        assert!(inside.status.success(), "{inside:?}");
        assert_eq!(inside.stdout, outside.stdout);
    }
}

#[test]
fn a_timed_program_is_the_process_that_was_started() {
    let lab = Lab::new();
    let policy = Policy::timed_call(layers(), &example("attacker"), &lab.own());
    let mut command = lab.command(&policy, &["print-pid-and-echo"]);
    let child = command.stdout(Stdio::piped()).spawn().unwrap();
    let pid = child.id();
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), format!("{pid}\n"));
}

#[test]
fn what_cannot_be_put_in_force_is_not_started() {
    let lab = Lab::new();
    let refused = |policy: &Policy, program: &Path| {
        let output = shim().command(policy, program).unwrap().arg("nothing").output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(REFUSED), "{said}");
        assert!(said.starts_with("not started: ") && said.lines().count() == 1, "{said}");
        said
    };
    for policy in policies(&lab) {
        assert!(refused(&policy, Path::new("/nowhere/at/all")).contains("/nowhere/at/all"));
        refused(&policy, Path::new("attacker"));
        // Listed neither to be read nor to be executed.
        refused(&policy, &lab.secret());
    }
    // A file where a folder's mount must go.
    let mut policy = lab.policy();
    policy.read = vec![format!("/{}", "x".repeat(300)).into()];
    if policy.layers.contains(&Layer::Landlock) {
        assert!(refused(&policy, &example("attacker")).contains("landlock"));
    }
}

#[test]
fn a_policy_that_is_none_is_refused() {
    for policy in ["", "{}", r#"{"start":{"layers":["no_such_layer"]}}"#] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_confine"));
        let output = command.args([policy, "/bin/true"]).output().unwrap();
        assert_eq!(output.status.code(), Some(REFUSED), "{output:?}");
    }
}
