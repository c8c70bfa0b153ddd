//! Whole machines that lack something: a network, room on the disk, a folder to
//! write to, a way out but through a proxy.

use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use crate::program::{Said, alone, checker_below, checker_with, copy_solution, kit, target};

/// Namespaces in which anyone is root; `None` where a container forbids them.
fn world(namespaces: &[&'static str]) -> Option<Vec<&'static str>> {
    let mut world = vec!["unshare", "--map-root-user"];
    world.extend(namespaces);
    let made = std::process::Command::new(world[0]).args(&world[1..]).arg("true").status();
    if made.is_ok_and(|status| status.success()) {
        return Some(world);
    }
    eprintln!("this machine allows no namespaces, so this world cannot be made");
    None
}

/// Nothing was judged: every check that ran is an error and no point is lost, or the
/// checker says that it could not begin.
fn nobody_pays(said: &Said, words: &str) {
    if said.code == 70 {
        assert!(said.err.contains("not the submission's fault"), "{said:?}");
        assert!(said.err.contains(words), "{said:?}");
        return;
    }
    let attempt: Value = serde_json::from_str(&said.out).unwrap_or_else(|_| panic!("{said:?}"));
    assert_eq!((said.code, &attempt["undecided"]), (0, &attempt["max_score"]), "{said:?}");
    let checks = &attempt["exercises"][0]["questions"][0]["checks"];
    let errors = checks.as_array().unwrap().iter().filter(|check| check["verdict"] == "error");
    let messages: Vec<&str> = errors.map(|check| check["message"].as_str().unwrap()).collect();
    assert!(!messages.is_empty(), "{attempt}");
    assert!(messages.iter().all(|message| message.contains(words)), "{messages:#?}");
}

#[test]
fn a_harness_that_cannot_reach_its_own_site_judges_nobody() {
    let Some(world) = world(&["--net"]) else { return };
    let solutions = kit().join("solutions");
    let said = checker_below(
        &world,
        &[("COURSE_WITHOUT_LAYERS", "network-namespace")],
        &[
            "grade",
            "6.2",
            "--no-speed",
            "--format",
            "json",
            "--submission",
            solutions.to_str().unwrap(),
        ],
    );
    nobody_pays(&said, "the harness cannot reach its own server");
}

/// The build folder as it is, with room for 300 KiB more.
#[test]
fn a_full_disk_judges_nobody() {
    let Some(mut world) = world(&["--mount"]) else { return };
    let folder = tempfile::tempdir().unwrap();
    copy_solution("exercise2", folder.path());
    // A line of its own, so that it was never compiled before.
    let file = folder.path().join("exercise2/src/q2_2_pipeline.rs");
    let text = std::fs::read_to_string(&file).unwrap() + "\n// on a full disk\n";
    std::fs::write(&file, text).unwrap();
    let room = folder.path().join("room");
    std::fs::create_dir(&room).unwrap();
    let work = target().join("checker");
    std::fs::create_dir_all(&work).unwrap();
    let script = format!(
        "mount -t tmpfs -o size=300k tmpfs '{room}' && mkdir '{room}/up' '{room}/work' && \
         mount -t overlay overlay -o 'lowerdir={work},upperdir={room}/up,workdir={room}/work' \
         '{work}' && exec \"$@\"",
        room = room.display(),
        work = work.display(),
    );
    world.extend(["sh", "-c", &script, "sh"]);
    let said = checker_below(
        &world,
        &[],
        &[
            "grade",
            "2.2",
            "--no-speed",
            "--format",
            "json",
            "--submission",
            folder.path().to_str().unwrap(),
        ],
    );
    nobody_pays(&said, "No space left on device");
}

#[test]
fn a_kit_and_a_home_that_cannot_be_written_name_the_variable() {
    let Some(mut world) = world(&["--mount"]) else { return };
    let script = format!(
        "mount --bind '{kit}' '{kit}' && mount -o remount,ro,bind '{kit}' && cd '{kit}' && \
         unset CARGO_TARGET_DIR && exec \"$@\"",
        kit = kit().display(),
    );
    world.extend(["sh", "-c", &script, "sh"]);
    let said = checker_below(&world, &[("XDG_CACHE_HOME", "/proc/nowhere")], &["grade", "2.2"]);
    assert_eq!(said.code, 70, "{said:?}");
    assert!(said.err.contains("set CARGO_TARGET_DIR to a folder"), "{said:?}");
}

/// What fetches goes where the user's own cargo goes.
#[test]
fn a_fetch_goes_through_the_proxy_of_the_user() {
    let proxy = TcpListener::bind("127.0.0.1:0").unwrap();
    let place = proxy.local_addr().unwrap();
    let asked = std::thread::spawn(move || {
        let mut lines = Vec::new();
        for connection in proxy.incoming() {
            let mut line = String::new();
            BufReader::new(connection.unwrap()).read_line(&mut line).unwrap();
            if line.is_empty() {
                return lines;
            }
            lines.push(line);
        }
        lines
    });
    let (home, target) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let address = format!("http://{place}");
    let said = checker_with(
        &[
            ("CARGO_HOME", home.path().to_str().unwrap()),
            ("CARGO_TARGET_DIR", target.path().to_str().unwrap()),
            ("CARGO_NET_RETRY", "0"),
            ("https_proxy", &address),
            ("http_proxy", &address),
        ],
        &["grade", "2.2", "--submission", kit().join("solutions").to_str().unwrap()],
    );
    // A connection that says nothing ends the proxy.
    drop(TcpStream::connect(place).unwrap());
    let asked = asked.join().unwrap();
    assert!(!asked.is_empty(), "{said:?}");
    assert_eq!(said.code, 70, "{said:?}");
    assert!(said.err.contains("not the submission's fault"), "{said:?}");
}

/// A signal while a submission waits for ever: what was graded is written, one line
/// says what is missing, and nothing goes on.
#[test]
fn a_signal_ends_a_grading_with_what_there_is() {
    let folder = tempfile::tempdir().unwrap();
    copy_solution("exercise2", folder.path());
    let file = folder.path().join("exercise2/src/q2_2_pipeline.rs");
    let text = std::fs::read_to_string(&file).unwrap();
    let open = text.find("pub fn ").and_then(|start| Some(start + text[start..].find(" {\n")? + 3));
    let (head, tail) = text.split_at(open.unwrap());
    let endless = "    std::thread::park_timeout(std::time::Duration::from_secs(3600));\n";
    std::fs::write(&file, format!("{head}{endless}{tail}")).unwrap();
    let record = folder.path().join("record.json");
    for signal in [Signal::INT, Signal::TERM, Signal::HUP] {
        let _ = std::fs::remove_file(&record);
        let _alone = alone();
        let mut child = Command::new(env!("CARGO_BIN_EXE_checker"))
            .args(["grade", "2.1", "2.2", "--no-speed", "--format", "json"])
            .arg("--submission")
            .arg(folder.path())
            .arg("--output")
            .arg(&record)
            .current_dir(kit())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
        assert!(said.any(|line| line.contains("running")), "it begins to run checks");
        kill_process(Pid::from_child(&child), signal).unwrap();
        let rest: Vec<String> = said.collect();
        assert_eq!(child.wait().unwrap().code(), Some(6), "{rest:?}");
        assert!(rest.iter().any(|line| line.contains("interrupted")), "{rest:?}");
        let record: Value = serde_json::from_slice(&std::fs::read(&record).unwrap()).unwrap();
        let checks = record["exercises"][0]["questions"][1]["checks"].as_array().unwrap();
        assert!(checks.iter().any(|check| check["reason"] == "interrupted"), "{record}");
        assert!(checks.iter().all(|check| check["verdict"] != "fail"), "{record}");
    }
}
