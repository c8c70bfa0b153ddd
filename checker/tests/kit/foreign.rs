//! Whatever bytes come from outside: they are read, or refused in words.
//! `PROPTEST_CASES` tries more of them.

use std::io::{Cursor, Write};

use checker::ci::CiOutcome;
use checker::class::Policy;
use checker::gradebook::Gradebook;
use checker::intake::discover;
use checker::record::Attempt;
use checker::record::evidence_file::read_evidence;
use checker::report::sheet::fill;
use checker::workspace::crate_wide::refused;
use checker::workspace::diagnostics::Diagnostics;
use course::channel::Reply;
use kit::Kit;
use kit::error::UserError;
use kit::selection::Selection;
use proptest::prelude::*;

use crate::program::kit;

/// Real messages of each kind that is read, to be damaged.
const REAL: [&str; 5] = [
    r#"{"reason":"compiler-message","target":{"name":"exercise1"},"message":{"level":"error","rendered":"error: one","spans":[{"file_name":"exercises/exercise1/src/q1_1_primes.rs","is_primary":true,"text":[{"text":"a!()"}],"expansion":{"span":{"file_name":"b.rs","is_primary":false,"text":[],"expansion":null}}}]}}"#,
    r#"{"reason":"compiler-artifact","target":{"name":"graded1"},"executable":"/build/graded1"}"#,
    r#"{"failed":{"reason":"assertion","message":"expected 1\ngot 2"}}"#,
    r#"{"schema_version":1,"submission":"a","kit":"0123456789abcdef","salt":7,"isolation":"process","layers":{"landlock":{"missing":"x"}},"score":0,"max_score":1,"undecided":0,"duration_s":0.1,"exercises":[],"left_behind":[]}"#,
    "#![allow(dead_code)]\n#[unsafe(no_mangle)]\nfn a<'b>(c: &'b str) { /* \" */ r#\"#[x]\"#; b'\\''; }\n",
];

/// Some bytes that are real, of which a few are others.
fn damaged(real: Vec<Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    let change = (any::<prop::sample::Index>(), prop::option::of(any::<u8>()), any::<bool>());
    (prop::sample::select(real), prop::collection::vec(change, 0..8)).prop_map(
        |(mut bytes, changes)| {
            for (place, byte, is_new) in changes {
                let at = place.index(bytes.len().max(1)).min(bytes.len());
                match (byte, is_new) {
                    (Some(byte), true) => bytes.insert(at, byte),
                    (Some(byte), false) if at < bytes.len() => bytes[at] = byte,
                    (None, _) if at < bytes.len() => _ = bytes.remove(at),
                    _ => {}
                }
            }
            bytes
        },
    )
}

/// Bytes of any kind, or a real message of which a few bytes are others.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let damaged = damaged(REAL.map(|text| text.as_bytes().to_vec()).to_vec());
    let nested = (prop::sample::select(vec!["[", "{\"a\":", "(", "#[", "<"]), 0..20_000_usize)
        .prop_map(|(open, times)| open.repeat(times).into_bytes());
    prop_oneof![prop::collection::vec(any::<u8>(), 0..400), damaged, nested]
}

#[test]
fn no_bytes_from_outside_end_the_checker() {
    let kit = Kit::read(&kit()).unwrap();
    let file = tempfile::NamedTempFile::new().unwrap();
    proptest!(config(), |(bytes in bytes())| {
        let found = Diagnostics::read(&kit.exercises[0], &bytes);
        // Nothing is built because somebody's bytes look like it.
        prop_assert!(!found.success || bytes.windows(7).any(|word| word == b"success"));
        if let Err(why) = Attempt::read(&bytes) {
            prop_assert!(!why.is_empty());
        }
        let _ = serde_json::from_slice::<Reply>(&bytes);
        let _ = refused("src/q1_1_primes.rs", &String::from_utf8_lossy(&bytes));
        std::fs::write(file.path(), &bytes).unwrap();
        prop_assert!(read_evidence(file.path()).is_err());
    });
}

fn config() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..Default::default() }
}

/// What is said of foreign bytes: what happened and what to do next, a line each.
fn is_told(error: &UserError) -> bool {
    let lines: Vec<String> = error.to_string().lines().map(str::to_owned).collect();
    lines.len() == 2 && lines.iter().all(|line| !line.trim().is_empty())
}

/// A small submission as zip, tar and tar.gz.
fn archives() -> [(&'static str, Vec<u8>); 3] {
    const FILES: [(&str, &str); 3] = [
        ("work/exercise1/src/q1_1_primes.rs", "pub fn is_prime(_: u64) -> bool { true }\n"),
        ("work/exercise1/answers.md", "# 1.1\n"),
        ("work/../../etc/passwd", "x"),
    ];
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut tar = tar::Builder::new(Vec::new());
    for (path, text) in FILES {
        zip.start_file(path, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
        let mut header = tar::Header::new_ustar();
        header.as_ustar_mut().unwrap().name[..path.len()].copy_from_slice(path.as_bytes());
        header.set_size(text.len() as u64);
        header.set_cksum();
        tar.append(&header, text.as_bytes()).unwrap();
    }
    let tar = tar.into_inner().unwrap();
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gz.write_all(&tar).unwrap();
    let zip = zip.finish().unwrap().into_inner();
    [("zip", zip), ("tar.gz", gz.finish().unwrap()), ("tar", tar)]
}

#[test]
fn no_archive_ends_the_checker() {
    let kit = Kit::read(&kit()).unwrap();
    let selection = Selection::parse(&kit, &["1.1".to_owned()]).unwrap();
    let folder = tempfile::tempdir().unwrap();
    for (ending, real) in archives() {
        let path = folder.path().join("work").with_extension(ending);
        std::fs::write(&path, &real).unwrap();
        let submission = discover(&kit, &selection, &path).unwrap();
        assert!(!submission.is_nothing(), "{ending}");
        proptest!(config(), |(bytes in damaged(vec![real]))| {
            std::fs::write(&path, &bytes).unwrap();
            if let Err(error) = discover(&kit, &selection, &path) {
                prop_assert!(is_told(&error), "{error}");
            }
        });
    }
}

/// A gradebook of which some bytes are others is read, or refused in words.
#[test]
fn no_gradebook_ends_the_checker() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("class.db");
    drop(Gradebook::open(&path).unwrap());
    let real = std::fs::read(&path).unwrap();
    proptest!(config(), |(bytes in damaged(vec![real]))| {
        std::fs::write(&path, &bytes).unwrap();
        let opened = [Gradebook::read(&path), Gradebook::open(&path)];
        for book in opened {
            let found = book.and_then(|book| Ok((book.basis()?, book.students()?)));
            if let Err(error) = found {
                prop_assert!(is_told(&error), "{error}");
            }
        }
    });
}

#[test]
fn no_sheet_ends_the_checker() {
    let real = [
        "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Feedback comments\r\nParticipant 4711,Ana Kern,a@b,Submitted,-,100,\r\n",
        "Student,ID,SIS User ID,SIS Login ID,Section,Exercise 4 (1)\nPoints Possible,,,,,20\n\"Kern, Ana\",4711,,ana,A,\n",
    ];
    assert!(fill(real[0], &[], None).is_ok() && fill(real[1], &[], Some("Exercise 4")).is_ok());
    let real = real.map(|sheet| sheet.as_bytes().to_vec()).to_vec();
    proptest!(config(), |(bytes in damaged(real))| {
        for column in [None, Some("Exercise 4")] {
            if let Err(why) = fill(&String::from_utf8_lossy(&bytes), &[], column) {
                prop_assert!(!why.is_empty());
            }
        }
    });
}

#[test]
fn no_policy_and_no_outcome_ends_the_checker() {
    let kit = Kit::read(&kit()).unwrap();
    let file = tempfile::NamedTempFile::new().unwrap();
    let policy = "due = \"2026-12-01T23:59:00Z\"\ngrace_minutes = 15\ndrop = 1\npercent_per_late_day = 10\n[due_of]\nexercise7 = \"2026-12-15T23:59:00Z\"\n[weights]\nexercise4 = 2\n";
    let hash = "0123456789abcdef0123456789abcdef01234567";
    let outcome = format!(
        r#"{{"schema_version":1,"base":"{hash}","head":"{hash}","questions":["1.1"],"elsewhere":["a"],"before":null,"after":null}}"#
    );
    CiOutcome::read(&kit, outcome.as_bytes()).unwrap();
    std::fs::write(file.path(), policy).unwrap();
    Policy::read(file.path(), &["exercise4", "exercise7"]).unwrap();
    let real = [policy, &outcome].map(|text| text.as_bytes().to_vec()).to_vec();
    proptest!(config(), |(bytes in damaged(real))| {
        std::fs::write(file.path(), &bytes).unwrap();
        if let Err(error) = Policy::read(file.path(), &["exercise4", "exercise7"]) {
            prop_assert!(!error.what.is_empty() && !error.next.is_empty(), "{error}");
        }
        if let Err(why) = CiOutcome::read(&kit, &bytes) {
            prop_assert!(!why.is_empty());
        }
    });
}
