//! The rules of the repository: pages and help texts say what is there, files
//! say what they are, and nothing is allowed that should not be.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::CommandFactory;
use kit::exit_code::Exit;

use crate::program::{checker, kit};

/// Every Rust file below a folder of the kit, by its path in the kit.
pub fn sources(folder: &str) -> BTreeSet<PathBuf> {
    files(folder, "rs")
}

/// Every file below a folder of the kit whose name has that extension, by its path in the kit.
fn files(folder: &str, extension: &str) -> BTreeSet<PathBuf> {
    fn walk(folder: &Path, extension: &str, found: &mut BTreeSet<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && path.file_name().is_none_or(|name| name != "target") {
                walk(&path, extension, found);
            } else if path.extension().is_some_and(|its_own| its_own == extension) {
                found.insert(path);
            }
        }
    }
    let mut found = BTreeSet::new();
    walk(&kit().join(folder), extension, &mut found);
    found.into_iter().map(|path| path.strip_prefix(kit()).unwrap().to_owned()).collect()
}

pub fn read(path: impl AsRef<Path>) -> String {
    let path = kit().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn every_file_opens_with_a_sentence_and_stays_short() {
    for folder in ["benches", "checker", "exercises", "solutions", "tests"] {
        for path in sources(folder) {
            let text = read(&path);
            let first = text.lines().next().unwrap_or_default();
            assert!(
                first.starts_with("//! ") || first.starts_with("#![doc"),
                "{} opens with `{first}`",
                path.display()
            );
            let code = text
                .lines()
                .filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with("//"))
                .count();
            assert!(code <= 400, "{} has {code} lines of code", path.display());
        }
    }
}

#[test]
fn unsafe_stays_where_it_is_proved() {
    let word = concat!("uns", "afe ");
    let proved =
        ["tests/lib/harness/src/heap.rs", "exercises/given/shared/src/cells.rs"].map(Path::new);
    for folder in ["benches", "checker", "exercises", "solutions", "tests"] {
        for path in sources(folder) {
            let is_proved = proved.contains(&path.as_path());
            assert!(is_proved || !read(&path).contains(word), "{}", path.display());
        }
    }
}

#[test]
fn teaching_code_forbids_what_the_course_forbids() {
    for side in ["exercises", "solutions"] {
        for exercise in kit::files::list(&kit().join(side))
            .unwrap()
            .into_iter()
            .filter(|path| path.join("exercise.toml").is_file() || side == "solutions")
        {
            let manifest = std::fs::read_to_string(exercise.join("Cargo.toml")).unwrap();
            assert!(manifest.contains("unsafe_code = \"forbid\""), "{}", exercise.display());
        }
    }
}

#[test]
fn the_readme_names_what_exists() {
    let readme = read("README.md");
    for (_, rest) in readme.match_indices("](").map(|(at, _)| readme.split_at(at + 2)) {
        let link = rest.split(')').next().unwrap();
        assert!(
            link.starts_with("https://") || kit().join(link).exists(),
            "README links to {link}"
        );
    }
    let config = read(".cargo/config.toml");
    let builtin = ["test", "bench"];
    for line in readme.lines().filter_map(|line| line.strip_prefix("cargo ")) {
        let command = line.split_whitespace().next().unwrap();
        let is_alias = config.contains(&format!("\n{command} = "));
        assert!(builtin.contains(&command) || is_alias, "README: `cargo {line}`");
        if command == "checker" {
            let subcommand = line.split_whitespace().nth(1).unwrap();
            assert_eq!(checker(&[subcommand, "--help"]).code, 0, "README: `cargo {line}`");
        }
    }
}

/// Pages, lessons, contracts and catalogues name files of the kit between backquotes.
#[test]
fn every_path_that_is_named_exists() {
    let tops = ["benches", "checker", "exercises", "solutions", "tests"];
    let is_pattern = |path: &str| path.contains(['*', '…', '<', '{', 'N']);
    let pages = ["md", "rs", "toml"].into_iter().flat_map(|ending| {
        tops.iter()
            .flat_map(move |top| files(top, ending).into_iter().map(move |path| (path, ending)))
    });
    let mut seen = 0;
    for (page, ending) in pages.chain([(PathBuf::from("README.md"), "md")]) {
        let text = read(&page);
        let is_said = |line: &&str| ending != "rs" || line.trim_start().starts_with("//");
        for named in
            text.lines().filter(is_said).flat_map(|line| line.split('`').skip(1).step_by(2))
        {
            let is_of_the_kit = tops.iter().any(|top| named.starts_with(&format!("{top}/")));
            if is_of_the_kit && !named.contains(' ') && !is_pattern(named) {
                seen += 1;
                assert!(kit().join(named).exists(), "{} names `{named}`", page.display());
            }
        }
    }
    assert!(seen > 50, "{seen} paths were found");
}

#[test]
fn the_readme_has_the_exit_codes_that_there_are() {
    let readme = read("README.md");
    let rows: Vec<&str> = readme
        .lines()
        .skip_while(|line| !line.starts_with("| exit code |"))
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .collect();
    let expected = Exit::ALL.map(|(exit, meaning)| format!("| {} | {meaning} |", exit.code()));
    assert_eq!(rows, expected);
}

/// Every command and every option that is shown has a help text.
#[test]
fn help_texts_are_complete() {
    fn check(command: &clap::Command) {
        let name = command.get_name();
        assert!(command.get_about().is_some(), "the command `{name}` has no help");
        for argument in command.get_arguments().filter(|argument| !argument.is_hide_set()) {
            assert!(argument.get_help().is_some(), "`{name}`: `{}` has no help", argument.get_id());
        }
        command.get_subcommands().for_each(check);
    }
    check(&checker::cli::Cli::command());
}

#[test]
fn nothing_names_a_machine() {
    let forbidden = ["/home/", "/root/", concat!("/wo", "rk/")];
    for folder in ["benches", "checker", "exercises", "solutions", "tests"] {
        for path in sources(folder).iter().filter(|path| !path.ends_with("conventions.rs")) {
            let text = read(path);
            for word in forbidden {
                assert!(!text.contains(word), "{}: {word}", path.display());
            }
        }
    }
}
