//! No grade comes from another's program: the right one is told by what was
//! compiled into it, whatever cargo takes for fresh.

use std::fs::FileTimes;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use serde_json::Value;

use crate::program::{Said, alone, checker, checker_in, copy_kit, kit, target};

/// Another kit, removed with its build folder when dropped.
struct OtherKit {
    folder: tempfile::TempDir,
}

impl OtherKit {
    /// A copy of the kit's folder with all that was compiled in it.
    fn new() -> Self {
        let folder = tempfile::tempdir_in(target()).unwrap();
        let root = folder.path().join("kit");
        copy_kit(&kit(), &root);
        std::fs::create_dir(root.join("target")).unwrap();
        // What is compiled meanwhile would vanish under the copy.
        let _alone = alone();
        let built = std::process::Command::new("cp")
            .arg("-a")
            .args([target().join("checker"), root.join("target/checker")])
            .status();
        assert!(built.unwrap().success());
        Self { folder }
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("kit")
    }

    fn grade(&self, submission: &Path, questions: &[&str]) -> (Value, Said) {
        let mut arguments = vec!["grade", "--no-speed", "--salt", "7", "--format", "json"];
        arguments.extend(["--submission", submission.to_str().unwrap()]);
        arguments.extend(questions);
        let said = checker_in(&self.root(), &self.root().join("target"), &arguments);
        assert_eq!(said.code, 0, "{said:?}");
        (serde_json::from_str(&said.out).unwrap(), said)
    }
}

fn score(attempt: &Value) -> f64 {
    attempt["score"].as_f64().unwrap()
}

/// Sets the times of all that cargo remembers of an exercise into the future, as a
/// clock does that was set back since.
fn set_ahead(folder: &Path) {
    let ahead = SystemTime::now() + Duration::from_secs(600);
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            set_ahead(&path);
        }
        let times = FileTimes::new().set_modified(ahead).set_accessed(ahead);
        std::fs::File::open(&path).unwrap().set_times(times).unwrap();
    }
}

/// One kit for all of these, as each compiles what every submission needs.
#[test]
fn no_grade_comes_from_another_program() {
    let arguments = ["grade", "6.0", "--no-speed", "--submission"];
    let good = checker(&[&arguments[..], &[kit().join("solutions").to_str().unwrap()]].concat());
    assert!(good.code == 0 && good.out.contains("6.0/schedule"), "{good:?}");

    // The whole folder copied, with all that was compiled in it.
    let other = OtherKit::new();
    let (solutions, stubs) = (other.root().join("solutions"), other.root().join("exercises"));
    let (stub, _) = other.grade(&stubs, &["6.0"]);
    assert_eq!(score(&stub), 0.0, "{stub}");
    let (good, _) = other.grade(&solutions, &["1.1"]);
    assert_eq!(score(&good), 1.0, "{good}");

    // Time stamps ahead of the clock: to cargo, nothing is ever new.
    let build = other.root().join("target/checker/build-0/release/.fingerprint");
    set_ahead(&build);
    let (stub, _) = other.grade(&stubs, &["1.1"]);
    assert_eq!(score(&stub), 0.0, "{stub}");
    set_ahead(&build);
    let broken = other.folder.path().join("broken");
    std::fs::create_dir_all(broken.join("exercise1/src")).unwrap();
    std::fs::write(broken.join("exercise1/src/q1_1_primes.rs"), "pub fn").unwrap();
    let (broken, _) = other.grade(&broken, &["1.1"]);
    assert_eq!(score(&broken), 0.0, "{broken}");

    // A source in the stage that is another one, with the old one's time stamp.
    other.grade(&solutions, &["1.1"]);
    let laid = other.root().join("target/checker/stage-0/exercises/exercise1/src/q1_1_primes.rs");
    let modified = laid.metadata().unwrap().modified().unwrap();
    std::fs::copy(stubs.join("exercise1/src/q1_1_primes.rs"), &laid).unwrap();
    std::fs::File::options().append(true).open(&laid).unwrap().set_modified(modified).unwrap();
    let (stub, _) = other.grade(&stubs, &["1.1"]);
    assert_eq!(score(&stub), 0.0, "{stub}");

    // Two submissions that differ in a helper module only.
    let helped = |name: &str, body: &str| {
        let folder = other.folder.path().join(name).join("exercise1/src");
        std::fs::create_dir_all(folder.join("q1_1_primes")).unwrap();
        let source = "mod helper;\npub fn is_prime(n: u64) -> bool { helper::is_prime(n) }\npub fn primes(numbers: &[u64]) -> Vec<u64> { numbers.iter().copied().filter(|&n| is_prime(n)).collect() }\n";
        std::fs::write(folder.join("q1_1_primes.rs"), source).unwrap();
        let helper = format!("pub fn is_prime(n: u64) -> bool {{ {body} }}\n");
        std::fs::write(folder.join("q1_1_primes/helper.rs"), helper).unwrap();
        let (attempt, _) = other.grade(&other.folder.path().join(name), &["1.1"]);
        score(&attempt)
    };
    let right = "n > 1 && (2..).take_while(|d| d * d <= n).all(|d| n % d != 0)";
    assert_eq!(helped("right", right), 1.0);
    set_ahead(&build);
    assert!(helped("wrong", "n == 7") < 0.5);
}
