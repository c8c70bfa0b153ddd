//! Other processes, and those that a program would leave behind.

use std::fs;
use std::io::{Read, Write};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use sandbox::{Layer, Policy};

use crate::lab::{Lab, Victim, layers, namespace};

/// More than anything here takes.
const LONG: Duration = Duration::from_secs(20);

#[test]
fn nobody_looks_into_another_process() {
    let lab = Lab::new();
    let victim = Victim::new();
    for attack in [["peek", &victim.pid()], ["trace", &victim.pid()]] {
        lab.stopped_by(&[Layer::Landlock], &lab.policy(), &attack);
        lab.stopped_by(&[Layer::Seccomp], &lab.policy(), &attack);
        lab.stopped_by(&namespace(Layer::PidNamespace), &lab.policy(), &attack);
    }
}

#[test]
fn nobody_signals_another_process() {
    let lab = Lab::new();
    let victim = Victim::new();
    let attack = ["signal-to", &victim.pid()];
    lab.stopped_by(&[Layer::Seccomp], &lab.policy(), &attack);
    // With children, signals are needed, and they end at the sandbox.
    lab.stopped_by(&[Layer::Landlock, Layer::Scope], &lab.with_children(), &attack);
    lab.stopped_by(&namespace(Layer::PidNamespace), &lab.with_children(), &attack);
}

#[test]
fn nobody_signals_the_supervisor() {
    let lab = Lab::new();
    lab.stopped_by(&[Layer::Seccomp], &lab.policy(), &["signal-to-parent"]);
    let scope = [Layer::Landlock, Layer::Scope, Layer::Reaper];
    lab.stopped_by(&scope, &lab.with_children(), &["signal-to-parent"]);
}

#[test]
fn nobody_changes_the_limits_of_another_process() {
    let lab = Lab::new();
    let victim = Victim::new();
    lab.stopped_by(&[Layer::Seccomp], &lab.policy(), &["limit-of", &victim.pid()]);
}

#[test]
fn one_process_stays_one() {
    let lab = Lab::new();
    for attack in [["fork"], ["exec"]] {
        lab.stopped_by(&[Layer::Seccomp], &lab.policy(), &attack);
        assert!(lab.succeeds(&lab.with_children(), &attack), "{attack:?}");
    }
}

#[test]
fn no_namespace_is_had_from_inside() {
    if !layers().in_force().contains(&Layer::UserNamespace) {
        return;
    }
    let lab = Lab::new();
    lab.stopped_by(&[Layer::Seccomp], &lab.with_children(), &["unshare"]);
}

#[test]
fn the_death_signal_stays() {
    let lab = Lab::new();
    lab.stopped_by(&[Layer::Seccomp], &lab.policy(), &["outlive-parent"]);
}

/// Starts a program that holds its streams.
fn holding(lab: &Lab, policy: &Policy, attack: &str) -> Child {
    let mut command = lab.command(policy, &[attack]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap()
}

/// Whether anybody at all still answers on the streams.
fn answers(child: &mut Child) -> bool {
    let mut byte = [0];
    child.stdin.as_mut().unwrap().write_all(b"x").is_ok()
        && child.stdout.as_mut().unwrap().read(&mut byte).unwrap() == 1
}

#[test]
fn an_orphan_in_a_session_of_its_own_does_not_survive() {
    let lab = Lab::new();
    let survives = |layers: Vec<Layer>| {
        let policy = Policy { layers: layers.into_iter().collect(), ..lab.with_children() };
        let mut child = holding(&lab, &policy, "leave-orphan");
        let mut streams = (child.stdin.take(), child.stdout.take());
        assert!(child.wait().unwrap().success());
        std::mem::swap(&mut child.stdin, &mut streams.0);
        std::mem::swap(&mut child.stdout, &mut streams.1);
        // A survivor ends with its standard input.
        answers(&mut child)
    };
    assert!(survives(Vec::new()));
    assert!(survives(vec![Layer::Tasks]));
    assert!(!survives(vec![Layer::Reaper]));
    if layers().in_force().contains(&Layer::PidNamespace) {
        assert!(!survives(namespace(Layer::PidNamespace)));
    }
    // With seccomp, it does not even get its session.
    let policy = lab.with_children();
    assert!(!lab.succeeds(&policy, &["leave-orphan"]));
    let survived = survives(policy.without(Layer::Seccomp).layers.into_iter().collect());
    assert!(!survived);
}

#[test]
fn a_program_dies_with_its_supervisor() {
    let lab = Lab::new();
    let survives = |layers: Vec<Layer>| {
        let policy = Policy { layers: layers.into_iter().collect(), ..lab.policy() };
        let mut child = holding(&lab, &policy, "echo");
        assert!(answers(&mut child));
        let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
        child.kill().unwrap();
        child.wait().unwrap();
        (child.stdin, child.stdout) = (stdin, stdout);
        // Whoever dies now closes the stream; whoever lives answers.
        answers(&mut child)
    };
    assert!(survives(vec![Layer::Reaper]));
    assert!(!survives(vec![Layer::Reaper, Layer::DeathSignal]));
}

#[test]
fn term_ends_everything() {
    let lab = Lab::new();
    for policy in [lab.with_children(), lab.policy()] {
        let mut child = holding(&lab, &policy, "echo");
        assert!(answers(&mut child));
        let pid = Pid::from_child(&child);
        kill_process(pid, Signal::TERM).unwrap();
        let (_stdin, mut stdout) = (child.stdin.take(), child.stdout.take().unwrap());
        assert!(!child.wait().unwrap().success());
        assert_eq!(stdout.read(&mut [0]).unwrap(), 0);
    }
}

/// A caller asks for it when others wait for a program that may never end.
#[test]
fn usr1_puts_the_program_behind_all_others() {
    let lab = Lab::new();
    for policy in [lab.with_children(), lab.policy()] {
        let mut child = holding(&lab, &policy, "echo");
        assert!(answers(&mut child));
        let shim = child.id();
        let programs = fs::read_to_string(format!("/proc/{shim}/task/{shim}/children")).unwrap();
        let lowest = || {
            let mut stats = programs.split_whitespace().map(|program| {
                fs::read_to_string(format!("/proc/{program}/stat")).unwrap_or_default()
            });
            // What follows the name in brackets begins with the third field; nice is the 19th.
            stats.any(|stat| {
                let fields = stat.rsplit(") ").next().unwrap_or_default();
                fields.split_whitespace().nth(16) == Some("19")
            })
        };
        assert!(!lowest(), "nobody has asked yet");
        kill_process(Pid::from_child(&child), Signal::USR1).unwrap();
        let until = Instant::now() + LONG;
        while !lowest() && Instant::now() < until {
            std::thread::yield_now();
        }
        assert!(lowest(), "its priority stayed");
        assert!(answers(&mut child), "it goes on");
        drop(child.stdin.take());
        assert!(child.wait().unwrap().success());
    }
}
