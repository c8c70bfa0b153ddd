//! Joins the gradebooks of the parts of a class into one.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use kit::error::UserError;
use kit::exit_code::Exit;
use rusqlite::params;

use super::{Basis, Gradebook};

/// The setting that identifies the whole class: every part has the same.
pub const CLASS: &str = "class";

/// The setting that says that a run came to its end.
pub const COMPLETE: &str = "complete";

/// Joins the parts of a class into a new gradebook at `into`; whole or not at all.
/// Returns how many students it has.
///
/// # Errors
/// When a part is missing, doubled, unfinished, of another class or made with another
/// kit, toolchain, level, salt or selection; or when `into` is there already.
pub fn merge(into: &Path, parts: &[PathBuf]) -> Result<usize, UserError> {
    let refuse = |what: String, next: &str| Err(UserError::new(Exit::Usage, what, next));
    if into.exists() {
        return refuse(
            format!("{}: there is a file already", into.display()),
            "merge into a new file; the parts are kept",
        );
    }
    let basis = whole(parts)?;
    let unfinished = into.with_extension(format!("{}.unfinished", std::process::id()));
    let joined = join(&unfinished, parts, &basis).and_then(|count| {
        std::fs::rename(&unfinished, into).map_err(|error| {
            UserError::new(Exit::Bug, format!("{}: {error}", into.display()), "choose another file")
        })?;
        Ok(count)
    });
    if joined.is_err() {
        for ending in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{ending}", unfinished.display()));
        }
    }
    joined
}

/// What all parts were made with, if they are the parts of one class, each of them once.
fn whole(parts: &[PathBuf]) -> Result<Basis, UserError> {
    let refuse = |what: String, next: &str| Err(UserError::new(Exit::Usage, what, next));
    let mut first: Option<(Basis, String)> = None;
    let mut seen: BTreeMap<usize, &Path> = BTreeMap::new();
    let mut count = 0;
    for path in parts {
        let shown = path.display();
        let book = Gradebook::read(path)?;
        let basis = book.basis()?;
        let Some(basis) = basis.filter(|_| book.setting(COMPLETE).is_ok_and(|set| set.is_some()))
        else {
            return refuse(
                format!("{shown}: its run did not come to an end"),
                "run its `checker class` command again, then merge",
            );
        };
        let shard = basis.shard.split_once('/').and_then(|(number, of)| {
            Some((number.parse::<usize>().ok()?, of.parse::<usize>().ok()?))
        });
        let Some((number, of)) = shard else {
            return refuse(
                format!("{shown}: it holds a whole class, not a part of one"),
                "merge gradebooks of `checker class --shard k/n`",
            );
        };
        if let Some(twin) = seen.insert(number, path) {
            return refuse(
                format!("part {number}/{of} is there twice: {} and {shown}", twin.display()),
                "name each part once",
            );
        }
        let class = book.setting(CLASS)?.unwrap_or_default();
        let common = Basis { shard: String::new(), ..basis };
        match &first {
            None => (first, count) = (Some((common, class)), of),
            Some((known, known_class)) => {
                if let Some(what) = difference(known, &common) {
                    return refuse(
                        format!("{shown}: made with another {what} than {}", parts[0].display()),
                        "grade all parts with one kit, toolchain, level, salt and selection",
                    );
                }
                if of != count || class != *known_class {
                    return refuse(
                        format!("{shown}: a part of another class than {}", parts[0].display()),
                        "grade all parts from the same folder, with the same n in --shard k/n",
                    );
                }
            }
        }
    }
    let missing: Vec<String> =
        (1..=count).filter(|part| !seen.contains_key(part)).map(|part| part.to_string()).collect();
    match first {
        Some((basis, _)) if missing.is_empty() => Ok(basis),
        Some(_) => refuse(
            format!("of {count} parts these are missing: {}", missing.join(", ")),
            "name the gradebooks of all parts",
        ),
        None => refuse("no part is named".to_owned(), "name the gradebooks of all parts"),
    }
}

/// What differs between two bases, in a word.
fn difference(one: &Basis, other: &Basis) -> Option<&'static str> {
    let same = [
        (one.kit == other.kit, "kit"),
        (one.toolchain == other.toolchain, "toolchain"),
        (one.level == other.level, "level of isolation"),
        (one.salt == other.salt, "salt"),
        (one.selection == other.selection, "selection"),
    ];
    same.into_iter().find(|(is_same, _)| !is_same).map(|(_, what)| what)
}

fn join(path: &Path, parts: &[PathBuf], basis: &Basis) -> Result<usize, UserError> {
    let mut book = Gradebook::open(path)?;
    book.set_basis(basis)?;
    book.set(COMPLETE, "yes")?;
    for part in parts {
        let copy = |book: &mut Gradebook| -> rusqlite::Result<()> {
            book.tables.execute("ATTACH ?1 AS part", params![part.display().to_string()])?;
            let change = book.tables.transaction()?;
            change.execute_batch(
                "INSERT INTO main.student
                         (id, name, team, source, refused, submitted, extension_days)
                     SELECT id, name, team, source, refused, submitted, extension_days
                     FROM part.student;
                 INSERT INTO main.attempt (student, content, graded_at, is_proposed, record)
                     SELECT student, content, graded_at, is_proposed, record
                     FROM part.attempt ORDER BY number;
                 UPDATE main.student SET attempt = (SELECT max(number) FROM main.attempt
                     WHERE main.attempt.student = main.student.id AND NOT is_proposed)
                     WHERE attempt IS NULL;
                 INSERT INTO main.answer SELECT * FROM part.answer;
                 INSERT INTO main.review SELECT * FROM part.review;
                 INSERT OR IGNORE INTO main.verdict SELECT * FROM part.verdict;",
            )?;
            change.commit()?;
            book.tables.execute_batch("DETACH part")
        };
        copy(&mut book).map_err(|error| book.refused(&error))?;
    }
    Ok(book.students()?.len())
}
