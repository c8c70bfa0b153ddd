//! Which part may use which, and the page that says what each file is.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::conventions::{read, sources};
use crate::program::kit;

/// Set to write the page anew instead of comparing it.
const UPDATE: &str = "UPDATE_PAGES";

/// The folders whose files the page lists, with what each is.
const LISTED: [(&str, &str); 16] = [
    ("checker/course/src", "what both sides of a graded run agree on"),
    ("checker/kit/src", "the kit on disk, and the program that answers at once"),
    ("checker/supervise/src", "the only place that starts processes"),
    ("checker/sandbox/src", "what holds a student's program"),
    ("checker/src", "the checker"),
    ("benches/timing/src", "paired measurements"),
    ("benches/workloads/src", "what the timed questions are measured on"),
    ("tests/lib/harness/src", "what graded tests are written with"),
    ("tests/lib/model-std/src", "the `std` of programs under the model checker"),
    ("tests/lib/model-crossbeam/src", "its `crossbeam`"),
    ("tests/lib/pictures/src", "seeded pictures"),
    ("tests/lib/site/src", "a web site on loopback"),
    ("tests/lib/profile/src", "flame graphs of question 7.2's pipelines"),
    ("exercises/given/records/src", "seeded data that exercises work on"),
    ("exercises/given/shared/src", "memory between processes"),
    ("exercises/given/plotting/src", "what plots are drawn on"),
];

/// Modules of the checker with the other modules that each may use.
const ARROWS: [(&str, &[&str]); 16] = [
    ("settings", &[]),
    ("intake", &[]),
    ("workspace", &["intake", "settings"]),
    ("grade", &["intake", "record", "workspace"]),
    ("record", &["grade", "intake"]),
    ("gradebook", &["grade", "record"]),
    ("report", &["gradebook", "record"]),
    ("ci", &["commands", "grade", "intake", "record", "report", "settings", "workspace"]),
    ("class", &["grade", "gradebook", "intake", "record", "report", "settings", "workspace"]),
    ("new_folder", &[]),
    ("release", &["new_folder"]),
    ("bundle", &["new_folder", "release", "workspace"]),
    ("cli", &["class", "report"]),
    ("proof", &["commands", "grade", "intake", "record", "settings", "workspace"]),
    ("trial", &["cli", "commands", "grade", "intake", "proof", "record", "settings", "workspace"]),
    (
        "commands",
        &[
            "bundle",
            "ci",
            "class",
            "cli",
            "grade",
            "gradebook",
            "intake",
            "proof",
            "record",
            "release",
            "report",
            "settings",
            "trial",
            "workspace",
        ],
    ),
];

/// The module of the checker that a file belongs to.
fn module(path: &Path) -> Option<String> {
    let inside = path.strip_prefix("checker/src").ok()?;
    let first = inside.components().next()?.as_os_str().to_str()?;
    Some(first.trim_end_matches(".rs").to_owned())
}

/// The modules of the checker that a text uses.
fn used(text: &str) -> BTreeSet<&str> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let uses = code.flat_map(|line| line.split("crate::").skip(1));
    uses.filter_map(|rest| rest.split(|c: char| !(c.is_alphanumeric() || c == '_')).next())
        .filter(|name| name.chars().next().is_some_and(char::is_lowercase))
        .collect()
}

/// What is wrong with the arrows of some files.
fn wrong_arrows(files: impl Iterator<Item = (PathBuf, String)>) -> Vec<String> {
    let arrows: BTreeMap<&str, &[&str]> = ARROWS.into_iter().collect();
    let mut wrong = Vec::new();
    for (path, text) in files {
        let Some(module) = module(&path) else { continue };
        if ["lib", "main"].contains(&module.as_str()) {
            continue;
        }
        let Some(allowed) = arrows.get(module.as_str()) else {
            wrong.push(format!("{} belongs to no known module", path.display()));
            continue;
        };
        for name in used(&text) {
            if name != module && !allowed.contains(&name) && arrows.contains_key(name) {
                wrong.push(format!("{}: `{module}` uses `{name}`", path.display()));
            }
        }
    }
    wrong
}

fn files() -> impl Iterator<Item = (PathBuf, String)> {
    sources("checker/src").into_iter().map(|path| (path.clone(), read(path)))
}

#[test]
fn each_part_uses_only_what_it_may() {
    assert_eq!(wrong_arrows(files()), Vec::<String>::new());
}

#[test]
fn a_wrong_arrow_is_seen() {
    let file = |path: &str, text: &str| (PathBuf::from(path), text.to_owned());
    let wrong =
        wrong_arrows([file("checker/src/intake/mod.rs", "use crate::grade::Grading;")].into_iter());
    assert_eq!(wrong, ["checker/src/intake/mod.rs: `intake` uses `grade`"]);
    let fine = [file("checker/src/intake/mod.rs", "use crate::intake::tree;\n// crate::grade")];
    assert!(wrong_arrows(fine.into_iter()).is_empty());
}

/// What only one place may say, and where.
#[test]
fn processes_environment_and_command_line_have_one_place_each() {
    let word = |parts: [&str; 2]| parts.concat();
    let one_place = [
        // The program `kit` starts nobody: it becomes the checker.
        (word(["Command", "::new("]), vec!["checker/kit/src/main.rs", "checker/supervise/src"]),
        (
            word(["env::", "var"]),
            vec![
                "checker/kit/src/main.rs",
                "checker/src/settings.rs",
                "checker/supervise/src/loopback.rs",
            ],
        ),
        (word(["use ", "clap"]), vec!["checker/src/cli.rs", "checker/src/lib.rs"]),
        (word(["Attempt", "};"]), vec!["checker/src/record", "checker/src/commands"]),
    ];
    let folders = ["checker/src", "checker/course/src", "checker/kit/src", "checker/supervise/src"];
    for folder in folders {
        for path in sources(folder) {
            let text = read(&path);
            // Tests at the foot of a file make worlds of their own.
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            for (word, places) in &one_place[1..3] {
                let may = places.iter().any(|place| path.starts_with(place));
                assert!(may || !code.contains(word.as_str()), "{}: `{word}`", path.display());
            }
            let may = one_place[0].1.iter().any(|place| path.starts_with(place));
            let starts = code.contains("process::Command") || code.contains("process::{Command");
            assert!(may || !starts, "{} starts processes", path.display());
        }
    }
    // A form of a report sees the view alone.
    for path in sources("checker/src/report") {
        let name = path.file_name().unwrap().to_str().unwrap();
        if !["view.rs", "tests.rs"].contains(&name) {
            assert!(!read(&path).contains("Attempt"), "{} sees an attempt", path.display());
        }
    }
}

/// The sentence that a file opens with.
fn sentence(path: &Path) -> String {
    let text = read(path);
    let lines = text.lines().map_while(|line| line.strip_prefix("//!")).map(str::trim);
    let opening: Vec<&str> = lines.take_while(|line| !line.is_empty()).collect();
    let all = opening.join(" ");
    let end = all.find(". ").unwrap_or_else(|| all.trim_end_matches('.').len());
    all[..end].to_owned()
}

fn tables() -> String {
    let mut text = String::new();
    for (folder, about) in LISTED {
        text += &format!("\n## `{folder}`: {about}\n\n| file | what it is |\n| --- | --- |\n");
        for path in sources(folder) {
            let name = path.strip_prefix(folder).unwrap().display().to_string();
            text += &format!("| `{name}` | {} |\n", sentence(&path));
        }
    }
    text
}

#[test]
fn the_architecture_page_has_the_files_that_there_are() {
    const BEGIN: &str = "<!-- written by a test from the first lines of the files -->\n";
    let page = read("checker/ARCHITECTURE.md");
    let (words, _) = page.split_once(BEGIN).expect("the page has a place for its tables");
    let right = format!("{words}{BEGIN}{}", tables());
    if std::env::var_os(UPDATE).is_some() {
        std::fs::write(kit().join("checker/ARCHITECTURE.md"), right).unwrap();
    } else {
        assert!(
            page == right,
            "the page is old: {UPDATE}=1 cargo test -p checker --test kit architecture"
        );
    }
}
