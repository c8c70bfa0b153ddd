-- A gradebook, version 1. `PRAGMA user_version` holds the version,
-- `PRAGMA application_id` says that the file is a gradebook at all.

-- What every grade in the file was made with: kit, toolchain, level, layers,
-- salt, shard, class.
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One row for each student that handed in, or that the roster names.
CREATE TABLE student (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    team TEXT NOT NULL,
    source TEXT NOT NULL,
    refused TEXT,
    submitted TEXT,
    extension_days INTEGER NOT NULL,
    attempt INTEGER REFERENCES attempt (number)
) STRICT, WITHOUT ROWID;

-- What was decided of one check, for everybody whose exercise has this key:
-- content, exercise fingerprint, toolchain, level of isolation and salt.
CREATE TABLE verdict (
    key TEXT NOT NULL,
    check_id TEXT NOT NULL,
    is_open INTEGER NOT NULL,
    judgement TEXT NOT NULL,
    duration_s REAL NOT NULL,
    evidence TEXT,
    plots TEXT,
    PRIMARY KEY (key, check_id)
) STRICT, WITHOUT ROWID;

-- One finished grading of one student, as its record in JSON. The latest that
-- was taken over is the student's; one that was not is only proposed.
CREATE TABLE attempt (
    number INTEGER PRIMARY KEY,
    student TEXT NOT NULL REFERENCES student (id),
    content TEXT NOT NULL,
    graded_at TEXT NOT NULL,
    is_proposed INTEGER NOT NULL,
    record TEXT NOT NULL
) STRICT;

-- What a student has written for a person to read, as it was handed in last.
CREATE TABLE answer (
    student TEXT NOT NULL REFERENCES student (id),
    question TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (student, question)
) STRICT, WITHOUT ROWID;

-- What a person has given for an answer; `answer` identifies the text that was read.
CREATE TABLE review (
    student TEXT NOT NULL REFERENCES student (id),
    check_id TEXT NOT NULL,
    answer TEXT NOT NULL,
    hundredths INTEGER NOT NULL,
    note TEXT NOT NULL,
    reviewed_at TEXT NOT NULL,
    PRIMARY KEY (student, check_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX attempt_of_student ON attempt (student, number);
