//! Real children, through the shim, whatever they do.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use course::channel::{Reply, Request};
use course::outcome::{Exit, Outcome};
use supervise::{Command, Launcher, Limits, Next, shim};

const LONG: Duration = Duration::from_secs(20);

fn launcher(limits: Limits) -> Launcher {
    let limits = serde_json::to_string(&limits).unwrap();
    Launcher::Through(
        env!("CARGO_BIN_EXE_as-child").into(),
        vec![shim::ARGUMENT.into(), limits.into()],
    )
}

fn shell(script: &str) -> Command {
    Command { output_cap: 1000, ..Command::new("/bin/sh", launcher(Limits::STUDENT)) }
        .args(["-c", script])
        .env("PATH", std::env::var_os("PATH").unwrap())
}

fn run(script: &str) -> Outcome {
    shell(script).run(LONG, None)
}

/// A killed process may stay a zombie until its parent reaps it; that is dead.
fn is_alive(pid: &str) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", pid.trim())).unwrap_or_default();
    let state = stat.rsplit(") ").next().and_then(|rest| rest.chars().next());
    !matches!(state, None | Some('Z' | 'X'))
}

/// Whether all processes whose ids a file has end. Nothing of a killed one runs
/// any more, but on a busy machine the kernel may still be taking it apart.
fn all_end(pids: &Path, count: usize) {
    let pids = std::fs::read_to_string(pids).unwrap();
    assert_eq!(pids.lines().count(), count, "{pids}");
    let until = Instant::now() + LONG;
    for pid in pids.lines() {
        while is_alive(pid) && Instant::now() < until {
            std::thread::yield_now();
        }
        assert!(!is_alive(pid), "{pid} lives on");
    }
}

fn file() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("pids");
    (folder, file)
}

#[test]
fn exit_codes_and_signals_are_told_apart() {
    assert_eq!(run("exit 3").exit, Exit::Code(3));
    assert_eq!(run("kill -9 $$").exit, Exit::Signal(9));
    let direct = Command::new("/no/such/program", Launcher::Direct).run(LONG, None);
    assert!(matches!(direct.exit, Exit::NotStarted(why) if why.contains("/no/such")));
    let shimmed = Command::new("/no/such/program", launcher(Limits::STUDENT)).run(LONG, None);
    assert_eq!(shimmed.exit, Exit::Code(i32::from(shim::NOT_EXECUTED)));
}

#[test]
fn a_child_is_stopped_when_its_caller_has_seen_enough() {
    let (_folder, pids) = file();
    let script = format!("sleep 600 & echo $! > {0}; echo $$ >> {0}; wait", pids.display());
    let ended = shell(&script).run_while(LONG, None, &mut |_| {
        let said = std::fs::read_to_string(&pids).unwrap_or_default();
        if said.lines().count() == 2 { Next::Stop } else { Next::On }
    });
    assert_eq!(ended.exit, Exit::Stopped);
    all_end(&pids, 2);
}

/// What becomes the program here is the program itself: it gets the signal.
#[test]
fn a_child_that_is_to_stand_aside_is_told_so_and_goes_on() {
    let (_folder, told) = file();
    let script = format!(
        "trap 'echo told >> {0}' USR1; echo ready >> {0}; while :; do sleep 0.01; done",
        told.display()
    );
    let mut is_asked = false;
    let ended = shell(&script).run_while(LONG, None, &mut |_| {
        let said = std::fs::read_to_string(&told).unwrap_or_default();
        match said.lines().count() {
            1 if !is_asked => {
                is_asked = true;
                Next::Aside
            }
            0 | 1 => Next::On,
            _ => Next::Stop,
        }
    });
    assert_eq!(ended.exit, Exit::Stopped);
    assert_eq!(std::fs::read_to_string(&told).unwrap(), "ready\ntold\n");
}

#[test]
fn a_child_that_ignores_term_is_killed_with_its_grandchildren() {
    let (_folder, pids) = file();
    let script = format!(
        "trap '' TERM; sleep 600 & echo $! > {0}; echo $$ >> {0}; while :; do sleep 600; done",
        pids.display()
    );
    assert_eq!(shell(&script).run(Duration::from_secs(3), None).exit, Exit::TimedOut);
    all_end(&pids, 2);
}

/// What has left the session is found by who adopts it.
#[test]
fn a_process_that_leaves_the_session_is_ended_too() {
    let (_folder, pids) = file();
    let script = format!(
        "setsid sh -c 'setsid sh -c \"echo \\$\\$ >> {0}; exec sleep 600\" & echo $$ >> {0}; exec sleep 600' & \
         until [ \"$(wc -l < {0} 2>/dev/null)\" = 2 ]; do :; done",
        pids.display()
    );
    assert_eq!(run(&script).exit, Exit::Code(0));
    all_end(&pids, 2);
}

#[test]
fn orphans_of_one_child_are_ended_while_another_child_goes_on() {
    let other = shell("read go; echo done").start().unwrap();
    let (_folder, pids) = file();
    let script = format!(
        "setsid sh -c 'echo $$ > {0}.new; mv {0}.new {0}; exec sleep 600' & until [ -s {0} ]; do :; done",
        pids.display()
    );
    assert_eq!(run(&script).exit, Exit::Code(0));
    all_end(&pids, 1);
    std::io::Write::write_all(&mut other.channel().unwrap(), b"go\n").unwrap();
    let ending = other.wait(LONG);
    assert_eq!((ending.exit, ending.stdout.as_slice()), (Exit::Code(0), b"done\n".as_slice()));
}

#[test]
fn a_child_that_is_dropped_is_ended() {
    let (_folder, pids) = file();
    let child =
        shell(&format!("echo $$ > {0}.new; mv {0}.new {0}; sleep 600", pids.display())).start();
    while !pids.exists() {
        std::thread::yield_now();
    }
    drop(child);
    all_end(&pids, 1);
}

#[test]
fn a_flood_of_output_is_cut_and_does_not_block() {
    let outcome = run("head -c 3000000 /dev/zero; echo done >&2");
    assert_eq!((outcome.exit, outcome.stderr.as_slice()), (Exit::Code(0), b"done\n".as_slice()));
    assert!((1000..1100).contains(&outcome.stdout.len()), "{}", outcome.stdout.len());
}

#[test]
fn limits_and_session_are_there_before_the_program_is() {
    let limits = Limits { file_bytes: 512 << 10, open_files: Some(33), data_bytes: Some(1 << 30) };
    let outcome = Command::new("/bin/sh", launcher(limits))
        .args(["-c", "ulimit -f; ulimit -n; ulimit -d; ulimit -c; cut -d' ' -f1,5,6 /proc/self/stat; echo $$"])
        .env("PATH", std::env::var_os("PATH").unwrap())
        .run(LONG, None);
    let said = String::from_utf8(outcome.stdout).unwrap();
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines[1..4], ["33", "1048576", "0"], "{said}");
    // In blocks of 512 bytes, or of a KiB, as the shell likes.
    assert!(["1024", "512"].contains(&lines[0]), "{said}");
    let ids: Vec<&str> = lines[4].split(' ').collect();
    assert_eq!(ids[1..], [lines[5], lines[5]], "group and session are the child's: {said}");
}

#[test]
fn a_child_that_cannot_be_restricted_is_not_run() {
    let (_folder, proof) = file();
    let broken = Launcher::Through(
        env!("CARGO_BIN_EXE_as-child").into(),
        vec![shim::ARGUMENT.into(), "{}".into()],
    );
    let outcome = Command::new("/usr/bin/touch", broken).args([&proof]).run(LONG, None);
    assert_eq!(outcome.exit, Exit::Code(i32::from(shim::REFUSED)));
    assert!(!proof.exists());
}

#[test]
fn replies_come_through_the_private_channel_only() {
    let request = Request {
        check: "1.1/x".into(),
        nonce: "secret".into(),
        salt: 7,
        heap_cap_bytes: 1,
        repeat: String::new(),
    };
    // The shell's standard input is the channel, which can also be written to.
    let script = r#"read line; echo "$line"; echo '"out_of_memory"' ; echo '"out_of_memory"' >&0; echo rubbish >&0"#;
    let outcome = shell(script).run(LONG, Some(&request));
    assert_eq!(outcome.replies, [Reply::OutOfMemory]);
    let echoed: Request =
        serde_json::from_slice(outcome.stdout.split(|&b| b == b'\n').next().unwrap()).unwrap();
    assert_eq!(echoed, request);
}
