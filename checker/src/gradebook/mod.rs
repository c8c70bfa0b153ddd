//! The gradebook of a class: one SQLite file that a run writes as it goes, and that
//! survives whatever ends the run.

mod merge;
mod review;
mod students;
mod verdicts;

use std::fs::{File, TryLockError};
use std::io::Read;
use std::path::{Path, PathBuf};

use kit::error::UserError;
use kit::exit_code::Exit;
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension};

pub use merge::{CLASS, COMPLETE, merge};
pub use review::{Review, print_of};
pub use students::{Standing, Student};

/// Version of the tables.
const VERSION: i32 = 1;

/// Says that a SQLite file is a gradebook ("pcKg" as bytes).
const APPLICATION: i32 = 0x7063_4b67;

/// What each SQLite file begins with (section 1.3 of its file format).
const HEADER: &[u8] = b"SQLite format 3\0";

const SCHEMA: &str = include_str!("schema.sql");

/// What every grade of a gradebook was made with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    /// Content hash of the kit.
    pub kit: String,
    /// The compiler.
    pub toolchain: String,
    /// The level that students' code is isolated at.
    pub level: String,
    /// Where all seeds come from.
    pub salt: u64,
    /// The questions that are graded.
    pub selection: String,
    /// The part of the class, as `k/n`.
    pub shard: String,
}

/// An open gradebook. Whoever writes it is alone with it.
#[derive(Debug)]
pub struct Gradebook {
    path: PathBuf,
    tables: Connection,
    /// Held as long as it is open for writing.
    _lock: Option<File>,
}

impl Gradebook {
    /// Opens a gradebook to write in it, and makes it where there is none.
    ///
    /// # Errors
    /// When it is no gradebook, is of a newer version, is being written by another
    /// run, or cannot be written.
    pub fn open(path: &Path) -> Result<Self, UserError> {
        let refuse = |what: String, next: &str| {
            UserError::new(Exit::Usage, format!("{}: {what}", path.display()), next)
        };
        if path.is_dir() {
            return Err(refuse("this is a folder".into(), "name a file for the gradebook"));
        }
        let elsewhere = "name a gradebook that you can write, or a new file";
        let lock = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .map_err(|error| refuse(error.to_string(), elsewhere))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(refuse(
                    "another run is writing this gradebook".into(),
                    "wait for its end, or end it; nothing of it is lost",
                ));
            }
            Err(TryLockError::Error(error)) => return Err(refuse(error.to_string(), elsewhere)),
        }
        // SQLite takes a file of a few bytes for an empty one, and writes over it.
        let mut first = Vec::new();
        (&lock)
            .take(HEADER.len() as u64)
            .read_to_end(&mut first)
            .map_err(|error| refuse(error.to_string(), elsewhere))?;
        if !first.is_empty() && first != HEADER {
            return Err(refuse(
                "this is not a gradebook".into(),
                "name another file; nothing was changed in this one",
            ));
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let tables = Connection::open_with_flags(path, flags)
            .map_err(|error| refuse(error.to_string(), elsewhere))?;
        let mut book = Self { path: path.to_owned(), tables, _lock: Some(lock) };
        if book.is_empty()? {
            book.create().map_err(|error| book.refused(&error))?;
        }
        book.check_version()?;
        let set = |book: &Self| {
            // A killed run loses nothing in this mode, and a power cut at most the
            // last verdicts, which the next run decides again.
            book.tables.pragma_update(None, "journal_mode", "WAL")?;
            book.tables.pragma_update(None, "synchronous", "NORMAL")?;
            book.tables.pragma_update(None, "foreign_keys", true)
        };
        set(&book).map_err(|error| book.refused(&error))?;
        Ok(book)
    }

    /// Opens a gradebook to read it, also while a run writes it.
    ///
    /// # Errors
    /// When there is none, or it is of a newer version.
    pub fn read(path: &Path) -> Result<Self, UserError> {
        let nothing = |what: String| {
            UserError::new(
                Exit::NothingToGrade,
                format!("{}: {what}", path.display()),
                "name a gradebook that `checker class` has written",
            )
        };
        if !path.is_file() {
            return Err(nothing("no such gradebook".to_owned()));
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let read_only = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let tables = Connection::open_with_flags(path, flags)
            .or_else(|_| Connection::open_with_flags(path, read_only))
            .map_err(|error| nothing(error.to_string()))?;
        let book = Self { path: path.to_owned(), tables, _lock: None };
        if book.is_empty()? {
            return Err(nothing("nothing is in it".to_owned()));
        }
        book.check_version()?;
        Ok(book)
    }

    /// Whether nothing was ever written.
    fn is_empty(&self) -> Result<bool, UserError> {
        let count: i64 = self
            .tables
            .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
            .map_err(|error| self.refused(&error))?;
        Ok(count == 0)
    }

    /// Makes the tables, all of them or none.
    fn create(&mut self) -> rusqlite::Result<()> {
        let change = self.tables.transaction()?;
        change.execute_batch(SCHEMA)?;
        change.pragma_update(None, "application_id", APPLICATION)?;
        change.pragma_update(None, "user_version", VERSION)?;
        change.commit()
    }

    fn check_version(&self) -> Result<(), UserError> {
        let pragma = |name: &str| self.tables.pragma_query_value(None, name, |row| row.get(0));
        let read = || -> rusqlite::Result<(i32, i32)> {
            Ok((pragma("application_id")?, pragma("user_version")?))
        };
        let refuse = |what: String, next: &str| {
            Err(UserError::new(Exit::Usage, format!("{}: {what}", self.path.display()), next))
        };
        match read().map_err(|error| self.refused(&error))? {
            (APPLICATION, VERSION) => Ok(()),
            (APPLICATION, newer) => refuse(
                format!("a gradebook of version {newer}; this checker reads {VERSION}"),
                "use the checker that wrote it, or a newer one; nothing was changed",
            ),
            _ => refuse(
                "this is not a gradebook".into(),
                "name another file; nothing was changed in this one",
            ),
        }
    }

    /// What SQLite refuses, in words.
    fn refused(&self, error: &rusqlite::Error) -> UserError {
        let path = self.path.display();
        let code = error.sqlite_error_code();
        let (what, next) = match code {
            Some(ErrorCode::NotADatabase) => {
                ("this is not a gradebook", "name another file; nothing was changed in this one")
            }
            Some(ErrorCode::DiskFull) => (
                "the disk is full",
                "make room and run the same command again; what was decided is kept",
            ),
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => (
                "it cannot be written",
                "see to its permissions and its folder's, and run the same command again",
            ),
            Some(ErrorCode::DatabaseCorrupt) => {
                ("it is damaged", "restore a copy of it, or grade into a new one")
            }
            _ => {
                return UserError::new(
                    Exit::Bug,
                    format!("{path}: {error}"),
                    "run the same command again; what was decided is kept",
                );
            }
        };
        UserError::new(Exit::Bug, format!("{path}: {what}"), next)
    }

    /// What the grades were made with, once there is a grade.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn basis(&self) -> Result<Option<Basis>, UserError> {
        let Some(kit) = self.setting("kit")? else { return Ok(None) };
        let get = |name: &str| Ok::<_, UserError>(self.setting(name)?.unwrap_or_default());
        Ok(Some(Basis {
            kit,
            toolchain: get("toolchain")?,
            level: get("level")?,
            salt: get("salt")?.parse().unwrap_or_default(),
            selection: get("selection")?,
            shard: get("shard")?,
        }))
    }

    /// Says what the grades from now on are made with.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn set_basis(&mut self, basis: &Basis) -> Result<(), UserError> {
        let salt = basis.salt.to_string();
        let settings = [
            ("kit", &basis.kit),
            ("toolchain", &basis.toolchain),
            ("level", &basis.level),
            ("salt", &salt),
            ("selection", &basis.selection),
            ("shard", &basis.shard),
        ];
        let write = |tables: &mut Connection| {
            let change = tables.transaction()?;
            for (name, value) in settings {
                change.execute(
                    "INSERT OR REPLACE INTO setting (name, value) VALUES (?1, ?2)",
                    [name, value],
                )?;
            }
            change.commit()
        };
        write(&mut self.tables).map_err(|error| self.refused(&error))
    }

    /// One setting.
    pub(crate) fn setting(&self, name: &str) -> Result<Option<String>, UserError> {
        self.tables
            .query_row("SELECT value FROM setting WHERE name = ?1", [name], |row| row.get(0))
            .optional()
            .map_err(|error| self.refused(&error))
    }

    /// Writes one setting.
    pub(crate) fn set(&mut self, name: &str, value: &str) -> Result<(), UserError> {
        let sql = "INSERT OR REPLACE INTO setting (name, value) VALUES (?1, ?2)";
        self.tables.execute(sql, [name, value]).map(drop).map_err(|error| self.refused(&error))
    }

    /// Removes one setting.
    pub(crate) fn unset(&mut self, name: &str) -> Result<(), UserError> {
        self.tables
            .execute("DELETE FROM setting WHERE name = ?1", [name])
            .map(drop)
            .map_err(|error| self.refused(&error))
    }
}

#[cfg(test)]
mod tests;
