//! Memory, files, time and threads.

use std::process::Stdio;

use sandbox::{Layer, Limits, Policy};

use crate::lab::Lab;

fn limited(lab: &Lab, limits: Limits) -> Policy {
    Policy { limits, ..lab.policy() }
}

#[test]
fn memory_and_files_are_bounded() {
    let lab = Lab::new();
    let limits = Limits {
        data: Some(64 << 20),
        file_size: Some(1 << 20),
        open_files: Some(32),
        ..Limits::default()
    };
    let policy = limited(&lab, limits);
    let attacks = [
        ["allocate", "100000000"].as_slice(),
        &["fill", "large", "2000000"],
        &["open", "64"],
        &["core"],
    ];
    for attack in attacks {
        lab.stopped_by(&[Layer::Limits], &policy, attack);
    }
    for attack in [["allocate", "1000000"].as_slice(), &["fill", "small", "1000"], &["open", "8"]] {
        assert!(lab.succeeds(&policy, attack), "{attack:?}");
    }
}

#[test]
fn cpu_time_is_bounded() {
    let lab = Lab::new();
    let policy = limited(&lab, Limits { cpu_seconds: Some(1), ..Limits::default() });
    assert!(!lab.succeeds(&policy, &["spin"]));
}

#[test]
fn threads_are_bounded() {
    let lab = Lab::new();
    let policy = limited(&lab, Limits { tasks: Some(8), ..Limits::default() });
    let run = |policy: &Policy, many: &str| {
        let mut command = lab.command(policy, &["threads", many]);
        let mut child = command.stdin(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        // Whoever is stopped is so while its input is open.
        if many == "4" || !policy.layers.contains(&Layer::Tasks) {
            drop(child.stdin.take());
        }
        let stdin = child.stdin.take();
        let status = child.wait().unwrap();
        drop(stdin);
        status
    };
    assert!(!run(&policy, "64").success());
    assert!(run(&policy, "4").success());
    assert!(run(&policy.clone().without(Layer::Tasks), "64").success());
    // By the supervisor's count alone, which is what holds root.
    let alone = Policy { layers: [Layer::Tasks].into(), ..policy };
    assert_eq!(run(&alone, "64").code(), Some(sandbox::TOO_MANY_TASKS));
}
