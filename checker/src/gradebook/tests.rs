//! A gradebook on a real disk: what it keeps, and what it refuses.

use std::path::{Path, PathBuf};

use course::points::Points;
use course::verdict::{Judgement, Reason, Verdict};
use sandbox::Layers;
use tempfile::TempDir;

use super::merge::{CLASS, COMPLETE};
use super::{Basis, Gradebook, Review, Student, merge, print_of};
use crate::grade::event::Judged;
use crate::record::{Attempt, SCHEMA_VERSION};

fn place() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("grades.db");
    (folder, path)
}

fn basis(kit: &str, shard: &str) -> Basis {
    Basis {
        kit: kit.into(),
        toolchain: "rustc".into(),
        level: "confined".into(),
        salt: 7,
        selection: String::new(),
        shard: shard.into(),
    }
}

fn student(id: &str) -> Student {
    Student { id: id.into(), name: id.into(), ..Student::default() }
}

fn attempt(score: u32) -> Attempt {
    Attempt {
        schema_version: SCHEMA_VERSION,
        submission: "ana".into(),
        kit: "k".into(),
        salt: 7,
        isolation: sandbox::Level::None,
        layers: Layers::with_missing([]),
        score: serde_json::from_value(score.into()).unwrap(),
        max_score: serde_json::from_value(10.into()).unwrap(),
        undecided: Points::ZERO,
        duration_s: 1.0,
        exercises: Vec::new(),
        left_behind: Vec::new(),
    }
}

fn score(book: &Gradebook, id: &str) -> Option<String> {
    book.standing(id).unwrap()?.attempt.map(|attempt| attempt.score.to_string())
}

#[test]
fn a_verdict_that_stands_stays_and_an_open_one_gives_way() {
    let (_folder, path) = place();
    let store = |judgement: Judgement| {
        let book = Gradebook::open(&path).unwrap();
        book.store("key", "4.1/speed", &Judged::at_once(judgement)).unwrap();
        // Another run reads it.
        drop(book);
        let known = Gradebook::open(&path).unwrap().verdicts("key").unwrap();
        known["4.1/speed"].judgement.verdict
    };
    let open = Judgement::open(Verdict::Inconclusive, Reason::MachineBusy, "busy");
    assert_eq!(store(open.clone()), Verdict::Inconclusive);
    assert_eq!(store(Judgement::pass("")), Verdict::Pass);
    assert_eq!(store(open), Verdict::Pass);
    assert_eq!(store(Judgement::fail(Reason::TooSlow, "")), Verdict::Pass);
    assert!(Gradebook::open(&path).unwrap().verdicts("other").unwrap().is_empty());
}

#[test]
fn two_runs_do_not_write_one_gradebook_and_a_reader_may_look() {
    let (_folder, path) = place();
    let book = Gradebook::open(&path).unwrap();
    book.enter(&student("ana")).unwrap();
    let second = Gradebook::open(&path).unwrap_err();
    assert!(second.what.contains("another run"), "{second}");
    assert_eq!(Gradebook::read(&path).unwrap().students().unwrap(), ["ana"]);
    drop(book);
    Gradebook::open(&path).unwrap();
}

#[test]
fn what_is_no_gradebook_or_a_newer_one_is_refused_and_stays_as_it_is() {
    let (folder, path) = place();
    for bytes in ["not a database, but a letter to somebody who is not here any more", "x"] {
        std::fs::write(&path, bytes).unwrap();
        let refused = Gradebook::open(&path).unwrap_err();
        assert!(refused.what.contains("not a gradebook"), "{refused}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), bytes);
    }
    let other = folder.path().join("other.db");
    let tables = rusqlite::Connection::open(&other).unwrap();
    tables.execute_batch("CREATE TABLE note (text TEXT)").unwrap();
    drop(tables);
    assert!(Gradebook::open(&other).unwrap_err().what.contains("not a gradebook"));

    let newer = folder.path().join("newer.db");
    drop(Gradebook::open(&newer).unwrap());
    rusqlite::Connection::open(&newer).unwrap().pragma_update(None, "user_version", 2).unwrap();
    for refused in [Gradebook::open(&newer).unwrap_err(), Gradebook::read(&newer).unwrap_err()] {
        assert!(refused.what.contains("version 2"), "{refused}");
    }
    assert!(Gradebook::read(&folder.path().join("none.db")).unwrap_err().what.contains("no such"));
    assert!(Gradebook::open(folder.path()).unwrap_err().what.contains("folder"));
}

#[test]
fn a_later_attempt_counts_and_the_same_one_is_not_kept_twice() {
    let (_folder, path) = place();
    let mut book = Gradebook::open(&path).unwrap();
    book.enter(&student("ana")).unwrap();
    assert_eq!(score(&book, "ana"), None);
    book.finish("ana", "one", &attempt(3), false).unwrap();
    book.finish("ana", "one", &attempt(4), false).unwrap();
    assert_eq!(score(&book, "ana").as_deref(), Some("4"));
    book.finish("ana", "two", &attempt(2), false).unwrap();
    assert_eq!(score(&book, "ana").as_deref(), Some("2"));
    assert_eq!(book.contents("ana").unwrap(), ["two"]);
    let count: i64 =
        book.tables.query_row("SELECT count(*) FROM attempt", [], |row| row.get(0)).unwrap();
    assert_eq!(count, 2, "the history is kept");
    // Entered again, with another name: the grade stays.
    book.enter(&Student { name: "Ana".into(), ..student("ana") }).unwrap();
    assert_eq!(score(&book, "ana").as_deref(), Some("2"));
}

#[test]
fn a_regrade_counts_for_everybody_or_nobody() {
    let (_folder, path) = place();
    let mut book = Gradebook::open(&path).unwrap();
    for id in ["ana", "bo", "cem"] {
        book.enter(&student(id)).unwrap();
        book.finish(id, "one", &attempt(3), false).unwrap();
    }
    book.finish("ana", "two", &attempt(5), true).unwrap();
    book.finish("bo", "two", &attempt(1), true).unwrap();
    let scores = |book: &Gradebook| ["ana", "bo", "cem"].map(|id| score(book, id).unwrap());
    assert_eq!(scores(&book), ["3", "3", "3"]);
    let proposed = book.standing("ana").unwrap().unwrap().proposed.unwrap();
    assert_eq!(proposed.score.to_string(), "5");
    book.finish("cem", "stale", &attempt(9), true).unwrap();
    book.forget_proposals("ana", Some("two")).unwrap();
    book.forget_proposals("cem", Some("one")).unwrap();
    assert_eq!(book.take_over().unwrap(), 2);
    assert_eq!(scores(&book), ["5", "1", "3"]);
    assert_eq!(book.take_over().unwrap(), 0, "there is nothing left to take over");
    assert_eq!(scores(&book), ["5", "1", "3"]);
}

/// An attempt of one question, whose code has its points and whose answer waits.
fn with_answer() -> Attempt {
    let text = r#"{
        "id": "exercise4", "title": "t", "score": 2, "max_score": 3, "undecided": 1,
        "questions": [{
            "id": "4.1", "title": "t", "file": "f", "score": 2, "max_score": 3, "undecided": 1,
            "checks": [
                {"id": "4.1/a", "kind": "property", "proves": "p", "hidden": false, "points": 2,
                 "earned": 2, "verdict": "pass", "reason": "proved", "message": "",
                 "duration_s": 0, "evidence": null, "plots": null},
                {"id": "4.1/answer", "kind": "manual", "proves": "p", "hidden": false, "points": 1,
                 "earned": 0, "verdict": "needs_review", "reason": "answered", "message": "m",
                 "duration_s": 0, "evidence": null, "plots": null}
            ]
        }]
    }"#;
    Attempt { exercises: vec![serde_json::from_str(text).unwrap()], ..attempt(0) }.summed()
}

#[test]
fn points_of_a_person_survive_a_regrade_and_are_stale_with_another_answer() {
    let (_folder, path) = place();
    let mut book = Gradebook::open(&path).unwrap();
    book.enter(&student("ana")).unwrap();
    let answer = |book: &mut Gradebook, text: &str| {
        book.set_answers("ana", &[("4.1".to_owned(), text.to_owned())].into()).unwrap();
    };
    let sums = |book: &Gradebook| {
        let attempt = book.standing("ana").unwrap().unwrap().attempt.unwrap();
        (attempt.score.to_string(), attempt.undecided.to_string())
    };
    answer(&mut book, "because");
    book.finish("ana", "one", &with_answer(), false).unwrap();
    assert_eq!(sums(&book), ("2".into(), "1".into()));
    let review = |hundredths, note: &str| Review {
        student: "ana".into(),
        check: "4.1/answer".into(),
        answer: print_of("because"),
        points: Points::from_hundredths(hundredths),
        note: note.into(),
    };
    book.review(&[review(25, ""), review(75, "figures are missing")]).unwrap();
    assert_eq!(sums(&book), ("2.75".into(), "0".into()), "the later one counts");
    let told = book.standing("ana").unwrap().unwrap().attempt.unwrap();
    assert!(told.checks().any(|check| check.message == "figures are missing"));

    // Graded again, with other code and the same answer.
    book.finish("ana", "two", &with_answer(), false).unwrap();
    assert_eq!(sums(&book).0, "2.75");
    // White space around it is no other answer.
    answer(&mut book, "\n because \n");
    assert_eq!(sums(&book).0, "2.75");
    answer(&mut book, "because of the locks");
    assert_eq!(sums(&book), ("2".into(), "1".into()));
    let told = book.standing("ana").unwrap().unwrap().attempt.unwrap();
    assert!(told.checks().any(|check| check.message.contains("has changed since")));
    assert!(book.review(&[Review { student: "nobody".into(), ..review(1, "") }]).is_err());
}

fn part(folder: &Path, name: &str, basis: &Basis, class: &str, ids: &[&str]) -> PathBuf {
    let path = folder.join(name);
    let mut book = Gradebook::open(&path).unwrap();
    book.set_basis(basis).unwrap();
    book.set(CLASS, class).unwrap();
    for id in ids {
        book.enter(&student(id)).unwrap();
        book.finish(id, "old", &attempt(1), false).unwrap();
        book.finish(id, "new", &attempt(3), false).unwrap();
        book.store(id, "1.1/sieve", &Judged::at_once(Judgement::pass(""))).unwrap();
    }
    book.set(COMPLETE, "yes").unwrap();
    path
}

#[test]
fn the_parts_of_a_class_are_joined_if_they_are_all_there() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let one = part(folder.path(), "1.db", &basis("k", "1/2"), "c", &["ana", "cem"]);
    let two = part(folder.path(), "2.db", &basis("k", "2/2"), "c", &["bo"]);
    assert_eq!(merge(&at("all.db"), &[two.clone(), one.clone()]).unwrap(), 3);
    let book = Gradebook::read(&at("all.db")).unwrap();
    assert_eq!(book.students().unwrap(), ["ana", "bo", "cem"]);
    assert_eq!(score(&book, "bo").as_deref(), Some("3"), "the latest attempt counts");
    assert_eq!(book.verdicts("bo").unwrap().len(), 1);
    assert_eq!(book.basis().unwrap().unwrap(), basis("k", ""));

    let other_kit = part(folder.path(), "3.db", &basis("other", "2/2"), "c", &["bo"]);
    let other_class = part(folder.path(), "4.db", &basis("k", "2/2"), "d", &["bo"]);
    let other_count = part(folder.path(), "5.db", &basis("k", "2/3"), "c", &["bo"]);
    let whole = part(folder.path(), "6.db", &basis("k", ""), "c", &["bo"]);
    let unfinished = part(folder.path(), "7.db", &basis("k", "2/2"), "c", &["bo"]);
    Gradebook::open(&unfinished).unwrap().unset(COMPLETE).unwrap();
    for (parts, why) in [
        (vec![one.clone()], "missing: 2"),
        (vec![one.clone(), one.clone()], "twice"),
        (vec![one.clone(), other_kit], "another kit"),
        (vec![one.clone(), other_class], "another class"),
        (vec![one.clone(), other_count], "another class"),
        (vec![one.clone(), whole], "whole class"),
        (vec![one.clone(), unfinished], "did not come to an end"),
        (vec![one.clone(), at("none.db")], "no such gradebook"),
    ] {
        let refused = merge(&at("not.db"), &parts).unwrap_err();
        assert!(refused.what.contains(why), "{refused}");
        let left = std::fs::read_dir(folder.path()).unwrap();
        let left = left.filter(|entry| {
            let name = entry.as_ref().unwrap().file_name();
            name.to_string_lossy().starts_with("not")
        });
        assert_eq!(left.count(), 0, "nothing half-written stays");
    }
    let refused = merge(&at("all.db"), &[one, two]).unwrap_err();
    assert!(refused.what.contains("a file already"), "{refused}");
}
