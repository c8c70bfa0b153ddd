//! Classes as an instructor grades them: folders and archives into one gradebook.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::program::{Said, alone, checker, kit};

/// A class on disk, with its gradebook.
struct Class {
    folder: TempDir,
}

impl Class {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("class")).unwrap();
        Self { folder }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// What a student of question 1.1 hands in as a folder.
    fn hand_in(&self, student: &str, source: &str) {
        let folder = self.at("class").join(student).join("exercise1/src");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("q1_1_primes.rs"), source).unwrap();
    }

    /// The same as a zip.
    fn hand_in_zip(&self, name: &str, file: &str, source: &str) {
        let mut zip =
            zip::ZipWriter::new(std::fs::File::create(self.at("class").join(name)).unwrap());
        zip.start_file(file, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(source.as_bytes()).unwrap();
        zip.finish().unwrap();
    }

    fn arguments(&self, book: &str, options: &[&str]) -> Vec<String> {
        let paths = [self.at("class"), self.at(book)].map(|path| path.display().to_string());
        let [class, book] = paths;
        let fixed =
            ["class", &class, "1.1", "--gradebook", &book, "--no-speed", "--require", "none"];
        fixed.iter().chain(options).map(|&word| word.to_owned()).collect()
    }

    fn grade(&self, book: &str, options: &[&str]) -> Said {
        let said = checker(&self.arguments(book, options));
        assert_eq!(said.code, 0, "{said:?}");
        said
    }

    /// The rows of a gradebook as JSON.
    fn rows(&self, book: &str) -> Vec<Value> {
        let book = self.at(book).display().to_string();
        let said = checker(&["report", &book, "--format", "json"]);
        assert_eq!(said.code, 0, "{said:?}");
        serde_json::from_str(&said.out).unwrap()
    }

    /// Everything that a gradebook says of its students, but how long it took.
    fn records(&self, book: &str, ids: &[&str]) -> Vec<Value> {
        let book = self.at(book).display().to_string();
        let record = |id: &&str| {
            let said = checker(&["report", &book, "--student", id, "--format", "json"]);
            let mut record: Value = serde_json::from_str(&said.out).unwrap();
            forget_times(&mut record);
            record
        };
        ids.iter().map(record).collect()
    }
}

fn forget_times(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.remove("duration_s");
            map.values_mut().for_each(forget_times);
        }
        Value::Array(list) => list.iter_mut().for_each(forget_times),
        _ => {}
    }
}

fn source(folder: &str) -> String {
    std::fs::read_to_string(kit().join(folder).join("exercise1/src/q1_1_primes.rs")).unwrap()
}

fn mistake(name: &str) -> String {
    // What differs from the solution, put in place of its function.
    let solution = source("solutions");
    match name {
        "one" => solution.replacen("fn is_prime", "fn is_a_prime", 1),
        _ => solution + "\nfn x( {",
    }
}

fn score(rows: &[Value], id: &str) -> Option<f64> {
    let row = rows.iter().find(|row| row["id"] == id).unwrap_or_else(|| panic!("{id}: {rows:?}"));
    row["grade"]["score"].as_f64()
}

#[test]
fn a_class_of_folders_and_archives_is_graded_and_only_what_changes_again() {
    let class = Class::new();
    class.hand_in("ana", &source("solutions"));
    class.hand_in("bo", &source("exercises"));
    class.hand_in("=SUM(1)", &mistake("broken"));
    class.hand_in_zip(
        "Ana \"x\", ; O'Neil_4711_assignsubmission_file_.zip",
        "work/exercises/exercise1/src/q1_1_primes.rs",
        &source("solutions"),
    );
    std::fs::write(class.at("class/damaged.zip"), "PK\x03\x04, and nothing behind it").unwrap();
    std::fs::create_dir(class.at("class/empty")).unwrap();
    std::fs::write(class.at("roster.csv"), "id,name,group\nana,Kern,A\nzoe,Zoe,B\n").unwrap();
    let roster = class.at("roster.csv").display().to_string();
    let options = ["--roster", &roster, "--salt", "7", "--jobs", "1"];

    let said = class.grade("class.db", &options);
    assert!(said.out.starts_with("7 students; 4 graded in this run"), "{said:?}");
    let rows = class.rows("class.db");
    assert_eq!(score(&rows, "ana"), Some(1.0), "{rows:?}");
    assert_eq!(score(&rows, "4711"), Some(1.0));
    assert_eq!((score(&rows, "bo"), score(&rows, "=SUM(1)")), (Some(0.0), Some(0.0)));
    for id in ["damaged", "empty", "zoe"] {
        assert_eq!(score(&rows, id), None, "{id} is no zero");
        let row = rows.iter().find(|row| row["id"] == id).unwrap();
        assert!(row["refused"].as_str().is_some_and(|why| !why.is_empty()), "{row}");
    }
    assert!(rows.iter().any(|row| row["name"] == "Kern" && row["group"] == "A"));

    let again = class.grade("class.db", &options);
    assert!(again.out.starts_with("7 students; 0 graded in this run"), "{again:?}");
    assert!(again.err.contains("ana: unchanged"), "{again:?}");

    class.hand_in("bo", &source("solutions").replace("\n}", "\n\n}"));
    let one = class.grade("class.db", &options);
    assert!(one.out.starts_with("7 students; 1 graded in this run"), "{one:?}");
    assert_eq!(score(&class.rows("class.db"), "bo"), Some(1.0));

    // Equal code is graded once, and a form for other systems works on a student.
    class.hand_in("twin", &source("solutions"));
    let twin = class.grade("class.db", &options);
    assert!(twin.out.starts_with("8 students; 0 graded in this run"), "{twin:?}");
    let book = class.at("class.db").display().to_string();
    std::fs::write(class.at("course.toml"), "[weights]\nexercise1 = 3\n").unwrap();
    let policy = class.at("course.toml").display().to_string();
    let counted = checker(&["report", &book, "--student", "twin", "--policy", &policy]);
    assert!(counted.out.contains("score: 100 of 100"), "{counted:?}");
    let counted = checker(&["report", &book, "--policy", &policy, "--format", "csv"]);
    assert!(counted.out.starts_with("id,name,group,score,max_score,undecided,score_by_policy,1.1"));
    let junit = checker(&["report", &book, "--student", "twin", "--format", "junit"]);
    assert!(junit.out.contains("<testsuites"), "{junit:?}");

    for (option, value, why) in [("--salt", "8", "salt 7"), ("--shard", "1/2", "the whole class")] {
        let refused = checker(&class.arguments("class.db", &[option, value]));
        assert_eq!(refused.code, 2, "{refused:?}");
        assert!(refused.err.contains(why) && refused.err.lines().count() == 2, "{refused:?}");
    }
}

/// Killed after each line that it says, a run goes on until it ends as one that nobody
/// disturbed.
#[test]
fn a_run_that_is_killed_again_and_again_ends_with_the_same_gradebook() {
    let class = Class::new();
    let ids = ["a", "b", "c", "d"];
    class.hand_in("a", &source("solutions"));
    class.hand_in("b", &source("exercises"));
    class.hand_in("c", &mistake("one"));
    class.hand_in("d", &mistake("broken"));
    class.grade("whole.db", &["--salt", "7", "--jobs", "1"]);
    let whole = class.records("whole.db", &ids);

    let mut kills = 0;
    for lines in [0, 1, 2, 3] {
        kills += usize::from(killed_after(
            &class.arguments("torn.db", &["--salt", "7", "--jobs", "1"]),
            lines,
        ));
    }
    assert!(kills > 0, "nothing was killed");
    class.grade("torn.db", &["--salt", "7"]);
    assert_eq!(class.records("torn.db", &ids), whole);
}

/// A checker that was built anew while it grades goes on as the one that it is.
#[test]
fn a_run_whose_program_is_replaced_meanwhile_ends_as_it_began() {
    let class = Class::new();
    class.hand_in("a", &source("solutions"));
    class.hand_in("b", &mistake("one"));
    class.grade("whole.db", &["--salt", "7"]);
    let program = class.folder.path().join("checker");
    std::fs::copy(env!("CARGO_BIN_EXE_checker"), &program).unwrap();

    let alone = alone();
    let mut child = Command::new(&program)
        .args(class.arguments("class.db", &["--salt", "7"]))
        .current_dir(kit())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(child.stderr.take().unwrap()).lines();
    assert!(said.next().is_some());
    std::fs::remove_file(&program).unwrap();
    std::fs::write(&program, "another program").unwrap();
    let said: Vec<String> = said.map(Result::unwrap).collect();
    assert!(child.wait().unwrap().success(), "{said:?}");
    drop(alone);
    assert_eq!(class.records("class.db", &["a", "b"]), class.records("whole.db", &["a", "b"]));
}

/// Starts the checker and kills it after so many lines of progress; whether it still ran.
fn killed_after(arguments: &[String], lines: usize) -> bool {
    let _alone = alone();
    let mut child = Command::new(env!("CARGO_BIN_EXE_checker"))
        .args(arguments)
        .current_dir(kit())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let said = BufReader::new(child.stderr.take().unwrap());
    let read = said.lines().take(lines).count();
    child.kill().unwrap();
    child.wait().unwrap();
    read == lines
}

#[test]
fn the_parts_of_a_class_are_the_whole() {
    let class = Class::new();
    let ids = ["a", "b", "c", "d"];
    for id in ids {
        class.hand_in(id, &format!("{}\n// {id}", source("exercises")));
    }
    class.grade("whole.db", &["--salt", "7", "--jobs", "2"]);
    let no_salt = checker(&class.arguments("1.db", &["--shard", "1/2"]));
    assert_eq!(no_salt.code, 2, "{no_salt:?}");
    let path = |name: &str| class.at(name).display().to_string();
    let merge = |parts: &[&str]| {
        let mut arguments = vec!["merge".to_owned(), "--into".to_owned(), path("all.db")];
        arguments.extend(parts.iter().map(|part| path(part)));
        checker(&arguments)
    };
    class.grade("1.db", &["--shard", "1/2", "--salt", "7"]);
    let missing = merge(&["1.db"]);
    assert!(missing.code == 2 && missing.err.contains("missing: 2"), "{missing:?}");
    class.grade("2.db", &["--shard", "2/2", "--salt", "7"]);
    let joined = merge(&["1.db", "2.db"]);
    assert_eq!(joined.code, 0, "{joined:?}");
    assert_eq!(class.records("all.db", &ids), class.records("whole.db", &ids));
}

#[test]
fn the_pages_of_a_class_hold_any_name() {
    let class = Class::new();
    for id in ["<script>alert(1)<", "=HYPERLINK(1)", "张伟"] {
        class.hand_in(id, &source("exercises"));
    }
    class.grade("class.db", &["--salt", "7"]);
    let (book, pages) = (class.at("class.db").display().to_string(), class.at("pages"));
    let out = pages.display().to_string();
    let said = checker(&["report", &book, "--format", "html", "--output", &out]);
    assert_eq!(said.code, 0, "{said:?}");
    let index = std::fs::read_to_string(pages.join("index.html")).unwrap();
    assert!(!index.contains("<script") && index.contains("张伟"), "{index}");
    for link in index.split("href=\"").skip(1) {
        let target = link.split('"').next().unwrap();
        assert!(Path::new(&pages).join(target).is_file(), "{target} leads nowhere");
    }
    let csv = checker(&["report", &book, "--format", "csv"]);
    assert!(csv.out.lines().any(|line| line.starts_with("'=HYPERLINK")), "{csv:?}");
}

/// The answers of a class go to a sheet without names and come back with points, and a
/// person may be asked one by one instead.
#[test]
fn answers_are_reviewed_from_a_sheet_or_one_by_one() {
    let class = Class::new();
    for (student, answer) in [("ana", "Alpha"), ("bo", "Beta")] {
        let folder = class.at("class").join(student).join("exercise4");
        std::fs::create_dir_all(folder.join("src")).unwrap();
        let stub = kit().join("exercises/exercise4/src/q4_1_pool.rs");
        std::fs::copy(stub, folder.join("src/q4_1_pool.rs")).unwrap();
        let text = format!("## 4.1 Compare\n{answer}: {}", "measured on two cores. ".repeat(5));
        std::fs::write(folder.join("answers.md"), text).unwrap();
    }
    let (folder, book) = (class.at("class").display().to_string(), class.at("class.db"));
    let book = book.display().to_string();
    let options = ["--gradebook", &book, "--no-speed", "--require", "none", "--jobs", "1"];
    let grade = [["class", &folder, "4.1"].as_slice(), &options].concat();
    assert_eq!(checker(&grade).code, 0);

    let sheet = class.at("sheet.csv").display().to_string();
    let said = checker(&["review", &book, "--blind", "--export", &sheet]);
    assert!(said.code == 0 && said.out.contains("2 answers"), "{said:?}");
    let text = std::fs::read_to_string(&sheet).unwrap();
    assert!(!text.contains("ana") && text.contains("Alpha"), "{text}");
    let filled = |points: [&str; 2]| {
        let mut rows = csv::Reader::from_reader(text.as_bytes());
        let mut out = csv::Writer::from_path(&sheet).unwrap();
        out.write_record(rows.headers().unwrap()).unwrap();
        for row in rows.records() {
            let mut row: Vec<String> = row.unwrap().iter().map(str::to_owned).collect();
            let at = usize::from(row[6].contains("Beta"));
            points[at].clone_into(&mut row[2]);
            out.write_record(row).unwrap();
        }
        out.flush().unwrap();
        checker(&["review", &book, "--import", &sheet])
    };
    let too_much = filled(["0.5", "50"]);
    assert!(too_much.code == 2 && too_much.err.contains("more than"), "{too_much:?}");
    assert_eq!(score(&class.rows("class.db"), "ana"), Some(0.0), "all of a sheet or nothing");
    let taken = filled(["0,5", ""]);
    assert!(taken.code == 0 && taken.out.starts_with("1 answers"), "{taken:?}");
    assert_eq!(score(&class.rows("class.db"), "ana"), Some(0.5));

    let _alone = alone();
    let mut child = Command::new(env!("CARGO_BIN_EXE_checker"))
        .args(["review", &book])
        .current_dir(kit())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"9\n0.25\nwell measured\n").unwrap();
    let said = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
    assert!(said.contains("1 of 1: 4.1/") && said.contains("Rubric: 0.25 for"), "{said}");
    assert!(said.contains("9 is more than") && said.contains("1 answers have"), "{said}");
    drop(_alone);
    assert_eq!(score(&class.rows("class.db"), "bo"), Some(0.25));
    // Graded again by the same kit, the points are still there.
    assert_eq!(checker(&grade).code, 0);
    assert_eq!(score(&class.rows("class.db"), "ana"), Some(0.5));
}
