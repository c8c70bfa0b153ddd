//! Checks of question 1.5: extension, stem and depth of file paths.

use exercise1::{depth, depths, extension, extensions, stem, stems};
use harness::form::Form;
use harness::proptest::prelude::*;
use harness::{checks, expect_eq, property, seed};
use records::paths;

checks! {
    "1.5/extension" => the_extension_follows_the_last_dot_of_the_name,
    "1.5/stem" => the_stem_loses_one_extension,
    "1.5/depth" => directories_are_counted,
    "1.5/all" => every_path_has_its_result_in_order,
    "1.5/form" => lists_are_mapped,
}

/// Path, extension, stem, and what is special about it.
const NAMES: [(&str, Option<&str>, &str, &str); 20] = [
    ("data/src/file_0.txt", Some("txt"), "file_0", "a plain name"),
    ("backup/archive.tar.gz", Some("gz"), "archive.tar", "only the last dot counts"),
    ("Makefile", None, "Makefile", "there is no dot"),
    ("v1.2/README", None, "README", "the dot belongs to the directory"),
    ("home/.bashrc", None, ".bashrc", "a dot that begins the name makes a hidden file"),
    (".bashrc", None, ".bashrc", "a dot that begins the name makes a hidden file"),
    (".config.toml", Some("toml"), ".config", "a hidden file with an extension"),
    ("photos.old/", Some("old"), "photos", "a slash at the end changes nothing"),
    ("a//b.md", Some("md"), "b", "repeated slashes count as one"),
    ("notes.", Some(""), "notes", "the dot ends the name"),
    ("x..txt", Some("txt"), "x.", "of two dots only the last counts"),
    ("..txt", Some("txt"), ".", "of two dots only the last counts, also where both begin the name"),
    ("..a.b", Some("b"), "..a", "only the last dot counts, also behind others"),
    ("été/Émile.çà", Some("çà"), "Émile", "letters of two bytes"),
    ("src/big.c++", Some("c++"), "big", "an extension may have signs"),
    ("text.markdown", Some("markdown"), "text", "an extension may be long"),
    ("a b.txt ", Some("txt "), "a b", "blanks belong to the name"),
    (" a", None, " a", "blanks belong to the name, also where they begin it"),
    (
        "a\\b.c\\d",
        Some("c\\d"),
        "a\\b",
        "`\\` is a sign like any other: paths are written with `/`",
    ),
    ("", None, "", "the empty path"),
];

fn the_extension_follows_the_last_dot_of_the_name() {
    for (path, want, _, why) in NAMES {
        expect_eq(format_args!("extension({path:?}): {why}"), &extension(path), &want);
    }
}

fn the_stem_loses_one_extension() {
    for (path, _, want, why) in NAMES {
        expect_eq(format_args!("stem({path:?}): {why}"), stem(path), want);
    }
}

fn directories_are_counted() {
    for (path, want, why) in [
        ("data/src/file_0.txt", 2, "data and src"),
        ("file.txt", 0, "no directory"),
        ("/etc/hosts", 1, "the root counts for nothing"),
        ("a//b///c.txt", 2, "repeated slashes count as one"),
        ("a/b/", 1, "a slash at the end changes nothing"),
        (".config/.app/x.toml", 2, "hidden directories are directories"),
        ("a\\b\\c.txt", 0, "`\\` is a sign like any other"),
        (" / /c.txt", 2, "a directory may be called as a blank"),
        ("a/ ", 1, "and so may the file"),
        ("", 0, "the empty path"),
    ] {
        expect_eq(format_args!("depth({path:?}): {why}"), &depth(path), &want);
    }
    let deep = "d/".repeat(300) + "x.txt";
    expect_eq("depth of a file below 300 directories", &depth(&deep), &300);
}

/// Asks for all three results of these directories, stems and extensions.
fn expect_all(parts: &[(Vec<String>, String, Option<String>)]) {
    let texts: Vec<String> = parts
        .iter()
        .map(|(directories, stem, extension)| {
            let dot = extension.as_ref().map_or(String::new(), |extension| format!(".{extension}"));
            directories.iter().map(|name| format!("{name}/")).collect::<String>() + stem + &dot
        })
        .collect();
    let paths: Vec<&str> = texts.iter().map(String::as_str).collect();
    let shown = match paths.len() {
        many @ 100.. => format!("{many} paths"),
        _ => format!("&{paths:?}"),
    };
    let want: Vec<_> = parts.iter().map(|(_, _, extension)| extension.as_deref()).collect();
    expect_eq(format_args!("extensions({shown})"), &extensions(&paths), &want);
    let want: Vec<_> = parts.iter().map(|(_, stem, _)| stem.as_str()).collect();
    expect_eq(format_args!("stems({shown})"), &stems(&paths), &want);
    let want: Vec<_> = parts.iter().map(|(directories, ..)| directories.len()).collect();
    expect_eq(format_args!("depths({shown})"), &depths(&paths), &want);
}

fn every_path_has_its_result_in_order() {
    let split = |path: &String| {
        let mut parts: Vec<String> = path.split('/').map(str::to_owned).collect();
        let name = parts.pop().unwrap_or_default();
        let (stem, extension) = name.split_once('.').unwrap_or((&name, ""));
        (parts, stem.to_owned(), Some(extension.to_owned()))
    };
    let hundred_thousand: Vec<_> = paths::random(seed(), 100_000).iter().map(split).collect();
    expect_all(&hundred_thousand);
    let directories = prop::collection::vec("[a-z]{1,4}", 0..4);
    let path = (directories, "[a-z_0-9]{1,6}", prop::option::of("[a-z]{1,4}"));
    property(200, prop::collection::vec(path, 0..8), |parts| expect_all(&parts));
}

fn lists_are_mapped() {
    Form::of("src/q1_5_paths.rs")
        .function("extensions", &["map"])
        .function("stems", &["map"])
        .function("depths", &["map"])
        .except("extension")
        .except("stem")
        .except("depth")
        .check();
}
