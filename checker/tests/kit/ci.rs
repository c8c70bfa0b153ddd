//! Requests for changes, from commits that are never checked out, in a clone with a
//! remote as a forge has them.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::program::{Said, checker_in, copy_kit, kit, target};

/// The repository that requests are made to, and one that they come from.
struct Rehearsal {
    folder: TempDir,
}

const FILE: &str = "exercises/exercise1/src/q1_1_primes.rs";

impl Rehearsal {
    fn new() -> Self {
        let rehearsal = Self { folder: tempfile::tempdir().unwrap() };
        let base = rehearsal.base();
        copy_kit(&kit(), &base);
        git(&base, &["init", "--quiet", "--initial-branch", "main"]);
        git(&base, &["add", "--all", "--force"]);
        git(&base, &["commit", "--quiet", "--message", "the kit"]);
        let (from, to) = (base.display().to_string(), rehearsal.fork().display().to_string());
        git(&base, &["clone", "--quiet", &from, &to]);
        rehearsal
    }

    fn base(&self) -> PathBuf {
        self.folder.path().join("base")
    }

    fn fork(&self) -> PathBuf {
        self.folder.path().join("fork")
    }

    fn at(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    /// A request with these files in place of the kit's, fetched as a forge offers it.
    fn request(&self, name: &str, files: &[(&str, &str)]) -> String {
        let fork = self.fork();
        git(&fork, &["checkout", "--quiet", "-B", name, "origin/main"]);
        for (path, text) in files {
            let path = fork.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        git(&fork, &["add", "--all", "--force"]);
        git(&fork, &["commit", "--quiet", "--allow-empty", "--message", name]);
        let head = format!("refs/requests/{name}");
        git(&self.base(), &["fetch", "--quiet", &self.at("fork"), &format!("+{name}:{head}")]);
        head
    }

    fn ci(&self, head: &str, options: &[&str]) -> Said {
        let (output, summary) = (self.at("outcome.json"), self.at("summary.md"));
        for file in [&output, &summary] {
            let _ = std::fs::remove_file(file);
        }
        let mut arguments = vec!["ci", "--head", head, "--output", &output, "--summary", &summary];
        arguments.extend(["--no-speed", "--require", "none"]);
        arguments.extend(options);
        let said = checker_in(&self.base(), &target(), &arguments);
        let status = git(&self.base(), &["status", "--porcelain"]);
        assert_eq!(status, "", "the request is not checked out");
        said
    }

    fn outcome(&self) -> Value {
        serde_json::from_slice(&std::fs::read(self.at("outcome.json")).unwrap()).unwrap()
    }

    fn comment(&self) -> Said {
        checker_in(&self.base(), &target(), &["comment", &self.at("outcome.json")])
    }
}

fn git(folder: &Path, arguments: &[&str]) -> String {
    let identity = ["-c", "user.name=Ana", "-c", "user.email=ana@example.org"];
    let output = Command::new("git")
        .args(identity)
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn solution() -> String {
    std::fs::read_to_string(kit().join("solutions/exercise1/src/q1_1_primes.rs")).unwrap()
}

/// The stub with a body for its first function.
fn stub_that(body: &str) -> String {
    let stub = std::fs::read_to_string(kit().join(FILE)).unwrap();
    let at = stub.find("todo!(").expect("a stub has a todo");
    let end = at + stub[at..].find(')').unwrap() + 1;
    format!("{}{{ {body} }}{}", &stub[..at], &stub[end..])
}

#[test]
fn a_request_is_graded_by_the_kit_of_its_base_whatever_it_brings() {
    let rehearsal = Rehearsal::new();

    let good = rehearsal.request("good", &[(FILE, &solution())]);
    let said = rehearsal.ci(&good, &["--fail-under", "100"]);
    assert_eq!(said.code, 0, "{said:?}");
    let outcome = rehearsal.outcome();
    assert_eq!(outcome["questions"], serde_json::json!(["1.1"]));
    assert_eq!((&outcome["before"]["score"], &outcome["after"]["score"]), (&0.into(), &1.into()));
    let comment = rehearsal.comment();
    assert!(comment.code == 0 && comment.out.contains("| 1.1 "), "{comment:?}");
    assert!(comment.out.contains("| 0 | 1 | 1 |"), "{comment:?}");

    // Its own tests, its own checker, its own rules: none of them counts.
    let weak = [
        (FILE, &*stub_that("let _ = n; true")),
        ("tests/graded/exercise1/q1_1.rs", ""),
        ("exercises/exercise1/exercise.toml", ""),
        ("checker/src/main.rs", "fn main() {}"),
        (".github/workflows/ci.yml", "on: push"),
        (".cargo/config.toml", "[build]\nrustc-wrapper = \"/bin/false\"\n"),
    ];
    let poor = rehearsal.request("poor", &weak);
    let said = rehearsal.ci(&poor, &["--fail-under", "50"]);
    assert_eq!(said.code, 1, "{said:?}");
    let outcome = rehearsal.outcome();
    let elsewhere = outcome["elsewhere"].to_string();
    for (path, _) in &weak[1..] {
        assert!(elsewhere.contains(path), "{path}: {elsewhere}");
    }
    assert!(!elsewhere.contains(FILE) && rehearsal.comment().out.contains("not a student's"));

    let nothing = rehearsal.request("nothing", &[("README.md", "hello")]);
    let said = rehearsal.ci(&nothing, &[]);
    assert!(said.code == 0 && said.out.contains("nothing to grade"), "{said:?}");
    assert!(rehearsal.comment().out.contains("Nothing to grade"));
    assert_eq!(rehearsal.ci("refs/requests/none", &[]).code, 2);

    says_what_it_likes(&rehearsal);
    is_forged(&rehearsal);
}

/// What a request prints and says is text, and little of it.
fn says_what_it_likes(rehearsal: &Rehearsal) {
    let loud = stub_that(
        r#"let _ = n; for _ in 0..40_000 { println!("::error::{}", "x".repeat(40)); }
        panic!("\n::set-output name=grade::100\n```\n@everyone [a](javascript:x) <img src=x>\n::stop-commands::x")"#,
    );
    let loud = rehearsal.request("loud", &[(FILE, &loud)]);
    let said = rehearsal.ci(&loud, &["--format", "github"]);
    assert_eq!(said.code, 0, "{said:?}");
    for line in said.out.lines() {
        let ours = ["::error ", "::warning ", "::notice "];
        assert!(ours.iter().any(|kind| line.starts_with(kind)), "{line}");
    }
    let (length, comment) =
        (std::fs::metadata(rehearsal.at("summary.md")).unwrap().len(), rehearsal.comment());
    assert!(length < 65_536 && comment.out.len() < 65_536);
    assert!(std::fs::metadata(rehearsal.at("outcome.json")).unwrap().len() < 1 << 20);
    // Outside of a fence that the message cannot close, nothing of it stands.
    let mut fence = None;
    for line in comment.out.lines() {
        let ticks = line.chars().take_while(|c| *c == '`').count();
        match fence {
            None if ticks >= 3 => fence = Some(ticks),
            None => assert!(!line.contains("@everyone") && !line.contains("<img"), "{line}"),
            Some(open) if ticks >= open => fence = None,
            Some(_) => {}
        }
    }
}

/// The file comes from where the request's code ran: what cannot be is not repeated.
fn is_forged(rehearsal: &Rehearsal) {
    let good = rehearsal.request("good", &[(FILE, &solution())]);
    rehearsal.ci(&good, &[]);
    let outcome = rehearsal.outcome();
    type Forgery = fn(&mut Value);
    let forgeries: [(&str, Forgery); 8] = [
        ("sum", |outcome| outcome["after"]["score"] = 100.into()),
        ("points", |outcome| {
            outcome["after"]["exercises"][0]["questions"][0]["checks"][0]["earned"] = 50.into();
        }),
        ("check", |outcome| {
            outcome["after"]["exercises"][0]["questions"][0]["checks"][0]["id"] = "1.1/none".into();
        }),
        ("title", |outcome| {
            outcome["after"]["exercises"][0]["questions"][0]["title"] = "@everyone".into();
        }),
        ("kit", |outcome| outcome["after"]["kit"] = "<img>".into()),
        ("head", |outcome| outcome["head"] = "$(id)".into()),
        ("question", |outcome| outcome["questions"] = serde_json::json!(["<b>"])),
        ("version", |outcome| outcome["schema_version"] = 2.into()),
    ];
    for (what, forge) in forgeries {
        let mut forged = outcome.clone();
        forge(&mut forged);
        std::fs::write(rehearsal.at("outcome.json"), forged.to_string()).unwrap();
        let refused = rehearsal.comment();
        assert_eq!((refused.code, refused.out.as_str()), (4, ""), "{what}: {refused:?}");
    }
    std::fs::write(rehearsal.at("outcome.json"), outcome.to_string()).unwrap();
    assert_eq!(rehearsal.comment().code, 0);
    for (head, code) in [(outcome["head"].as_str().unwrap(), 0), ("0123", 4)] {
        let arguments = ["comment", &rehearsal.at("outcome.json"), "--head", head];
        assert_eq!(checker_in(&rehearsal.base(), &target(), &arguments).code, code);
    }
}
