//! Checks of question 3.2: a pipeline of generators over a log file.

use std::io::{self, ErrorKind, Write};
use std::sync::Arc;

use exercise3::{extract_messages, filter_errors, parse_logs, read_logs};
use harness::proptest::prelude::*;
use harness::{
    Gate, NamedPipe, Scratch, checks, counted, expect_eq, fail, heap, needed, property, seed,
};
use records::logs::{self, Level, LogEntry, LogError};

use super::laziness::lazily;

checks! {
    "3.2/read" => every_line_comes_and_errors_are_the_last_item,
    "3.2/parse" => the_three_parts_come_back_exactly,
    "3.2/errors" => only_the_level_makes_an_error,
    "3.2/malformed" => malformed_lines_are_reported_in_their_place,
    "3.2/lazy" => each_stage_pulls_only_what_is_due,
    "3.2/memory" => memory_does_not_grow_with_the_log,
}

fn entry(level: Level, message: &str) -> LogEntry {
    LogEntry { timestamp: "2026-03-01 08:00:00".to_owned(), level, message: message.to_owned() }
}

/// An item of a stream as something that can be compared and read.
fn told<T>(item: Result<T, LogError>) -> Result<T, String> {
    item.map_err(|error| match error {
        LogError::Read(error) => read_error(error.kind()),
        malformed @ LogError::Malformed { .. } => malformed.to_string(),
    })
}

fn read_error(kind: ErrorKind) -> String {
    format!("a read error ({kind:?})")
}

fn malformed(number: usize, line: &str) -> String {
    LogError::Malformed { number, line: line.to_owned() }.to_string()
}

fn parsed(line: &str) -> Vec<Result<LogEntry, String>> {
    parse_logs(std::iter::once(Ok(line.to_owned()))).take(2).map(told).collect()
}

/// The whole pipeline over a file, at most `most` items of it.
fn messages(file: &Scratch, most: usize) -> Vec<Result<String, String>> {
    let entries = parse_logs(read_logs(file.path()));
    extract_messages(filter_errors(entries)).take(most).map(told).collect()
}

fn every_line_comes_and_errors_are_the_last_item() {
    let read = |path: &std::path::Path| -> Vec<_> {
        read_logs(path).take(6).map(|line| line.map_err(|error| error.kind())).collect()
    };
    let ok = |line: &str| Ok(line.to_owned());
    let file = Scratch::holding("one\n\n  two\r\nthree");
    let want = vec![ok("one"), ok(""), ok("  two"), ok("three")];
    let what = r#"read_logs(a file with "one\n\n  two\r\nthree")"#;
    expect_eq(what, &read(file.path()), &want);

    let file = Scratch::holding("\u{feff}one\ntwo\r\r\n\tthree ");
    let want = vec![ok("\u{feff}one"), ok("two\r"), ok("\tthree ")];
    expect_eq("read_logs(a file with marks and returns)", &read(file.path()), &want);

    let missing = file.folder().join("missing.log");
    let want = vec![Err(ErrorKind::NotFound)];
    expect_eq("read_logs(a missing file)", &read(&missing), &want);
    let directory = read(file.folder());
    if !matches!(&directory[..], [Err(_)]) {
        fail(format!(
            "read_logs(a directory): expected one error and then the end, got {directory:?}"
        ));
    }
    let file = Scratch::holding(b"one\n\xff\nthree\n");
    let want = vec![ok("one"), Err(ErrorKind::InvalidData)];
    expect_eq("read_logs(a file whose line 2 is not UTF-8)", &read(file.path()), &want);
}

fn the_three_parts_come_back_exactly() {
    let brackets = "the queue [7] is [ERROR] empty] again";
    for (level, message) in [
        (Level::Error, "the disk is full"),
        (Level::Warning, brackets),
        (Level::Info, "no ERROR today"),
        (Level::Debug, "  blanks   of its own  "),
        (Level::Info, ""),
        (Level::Info, "signs of \0 other\u{1b} kinds\t"),
        (Level::Info, &"a long message ".repeat(10_000)),
    ] {
        let entry = entry(level, message);
        let line = entry.to_string();
        expect_eq(format_args!("parse_logs([{line:?}])"), &parsed(&line), &vec![Ok(entry)]);
    }
    let timestamp = (2000..2100, 1..=12, 1..=28, 0..24, 0..60, 0..60);
    let timestamp = timestamp.prop_map(|(year, month, day, hour, minute, second)| {
        format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
    });
    let level = prop::sample::select(Level::ALL.to_vec());
    let message = r"[a-z]([a-zA-Z0-9é:\[\] ]{0,30}[a-z.])?";
    property(300, (timestamp, level, message), |(timestamp, level, message)| {
        let entry = LogEntry { timestamp, level, message };
        let line = entry.to_string();
        expect_eq(format_args!("parse_logs([{line:?}])"), &parsed(&line), &vec![Ok(entry)]);
    });
}

fn only_the_level_makes_an_error() {
    let all = [
        entry(Level::Info, "the last ERROR is gone [ERROR]"),
        entry(Level::Error, "the disk is full"),
        entry(Level::Debug, "ERROR"),
        entry(Level::Warning, "close to an ERROR"),
        entry(Level::Error, "nobody answers"),
    ];
    let got: Vec<_> = filter_errors(all.clone().into_iter().map(Ok)).take(9).map(told).collect();
    let loud: Vec<_> = got.iter().flatten().filter(|entry| entry.level != Level::Error).collect();
    if let Some(entry) = loud.first() {
        fail(format!(
            "filter_errors let an entry of level {} through: \"{entry}\". Only the level makes \
             an error, not the word in the message.",
            entry.level
        ));
    }
    let want = vec![Ok(all[1].clone()), Ok(all[4].clone())];
    expect_eq("filter_errors(five entries, two of level ERROR)", &got, &want);

    let got: Vec<_> = extract_messages(all.into_iter().map(Ok)).take(9).map(told).collect();
    let want: Vec<_> = [
        "the last ERROR is gone [ERROR]",
        "the disk is full",
        "ERROR",
        "close to an ERROR",
        "nobody answers",
    ]
    .map(|message| Ok(message.to_owned()))
    .to_vec();
    expect_eq("extract_messages(five entries)", &got, &want);
}

fn malformed_lines_are_reported_in_their_place() {
    for line in [
        "",
        "oops",
        "2026-03-01 08:00:00 ERROR no brackets",
        "2026-03-01 08:00:00 [FATAL] unknown level",
        "2026-03-01 08:00:00 [error] small letters",
        "2026-03-01 08:00:00 [ERROR the bracket stays open",
        "this morning [ERROR] no time",
        "[ERROR] no time at all",
        " 2026-03-01 08:00:00 [ERROR] a blank in front",
        "2026-03-01 08:00:00 [ ERROR ] blanks around the level",
        "2026-03-01 08:00:00  [ERROR] one blank too many",
        "2026-03-01 08:00:00 [ERROR]no blank before the message",
        "2026-03-01 08:00:00 [ERROR]\ta tab before the message",
        "2026-03-01 08:00:00 [ERROR]",
        "2026/03/01-08.00.00 [ERROR] as long as a timestamp",
        "March, 1st, at noon [ERROR] as long as a timestamp",
    ] {
        let want = vec![Err(malformed(1, line))];
        expect_eq(format_args!("parse_logs([{line:?}])"), &parsed(line), &want);
    }
    stages_pass_errors_on();
    // More lines than 16 bits can number.
    let lines = std::iter::repeat_with(|| Ok("oops".to_owned())).take(70_000);
    let last = parse_logs(lines).last().map(|entry| entry.map_err(|error| error.to_string()));
    expect_eq(
        "the last of parse_logs(70 000 times \"oops\")",
        &last,
        &Some(Err(malformed(70_000, "oops"))),
    );

    // One line in twenty is broken.
    let file = Scratch::new();
    needed(logs::write_file(file.path(), seed(), 50_000, 20), "the test's file cannot be written");
    let want: Vec<_> = logs::lines(seed(), 20)
        .take(50_000)
        .zip(1..)
        .filter_map(|(line, number)| match line {
            Ok(entry) => (entry.level == Level::Error).then_some(Ok(entry.message)),
            Err(line) => Some(Err(malformed(number, &line))),
        })
        .collect();
    let got = messages(&file, want.len() + 1);
    let what = "the whole pipeline over a log of 50 000 lines";
    for (item, (got, want)) in got.iter().zip(&want).enumerate() {
        expect_eq(format_args!("item {item} (from 0) of {what}"), got, want);
    }
    expect_eq(format_args!("the number of items of {what}"), &got.len(), &want.len());
}

fn stages_pass_errors_on() {
    let disk = entry(Level::Error, "the disk is full");
    let wire = || io::Error::from(ErrorKind::ConnectionReset);
    let lines = [Ok("oops".to_owned()), Ok(disk.to_string()), Err(wire()), Ok(disk.to_string())];
    let got: Vec<_> = parse_logs(lines.into_iter()).take(9).map(told).collect();
    let reset = read_error(ErrorKind::ConnectionReset);
    let want =
        vec![Err(malformed(1, "oops")), Ok(disk.clone()), Err(reset.clone()), Ok(disk.clone())];
    expect_eq("parse_logs(a malformed line, an entry, a read error, an entry)", &got, &want);
    for kind in [ErrorKind::Interrupted, ErrorKind::UnexpectedEof, ErrorKind::Other] {
        let lines = [Err(io::Error::from(kind))].into_iter();
        let got: Vec<_> = parse_logs(lines).take(2).map(told).collect();
        let what = format_args!("parse_logs(a read error of kind {kind:?})");
        expect_eq(what, &got, &vec![Err(read_error(kind))]);
    }

    let items = || {
        [
            Err(LogError::Malformed { number: 1, line: "oops".to_owned() }),
            Ok(disk.clone()),
            Err(LogError::Read(wire())),
            Ok(disk.clone()),
        ]
        .into_iter()
    };
    let got: Vec<_> = filter_errors(items()).take(9).map(told).collect();
    expect_eq("filter_errors(an error, an entry, an error, an entry)", &got, &want);
    let got: Vec<_> = extract_messages(items()).take(9).map(told).collect();
    let want: Vec<_> = want.into_iter().map(|item| item.map(|entry| entry.message)).collect();
    expect_eq("extract_messages(an error, an entry, an error, an entry)", &got, &want);
}

fn each_stage_pulls_only_what_is_due() {
    let line = || Ok(entry(Level::Info, "all is well").to_string());
    let (source, pulls) = counted(std::iter::repeat_with(line), 0);
    let mut stage = lazily("parse_logs", || parse_logs(source));
    for due in 1..=3 {
        pulls.allow(due);
        let item = lazily("parse_logs", || stage.next()).map(told);
        let want = Some(Ok(entry(Level::Info, "all is well")));
        expect_eq("an item of parse_logs(an endless log)", &item, &want);
    }

    let levels = [Level::Info, Level::Error, Level::Debug, Level::Warning, Level::Error];
    let endless = || levels.map(|level| Ok(entry(level, "tick"))).into_iter();
    let (source, pulls) = counted(std::iter::repeat_with(endless).flatten(), 0);
    let mut stage = lazily("filter_errors", || filter_errors(source));
    for due in [2, 5, 7, 10] {
        pulls.allow(due);
        let item = lazily("filter_errors", || stage.next()).map(told);
        let want = Some(Ok(entry(Level::Error, "tick")));
        expect_eq("an item of filter_errors(an endless log)", &item, &want);
    }

    let (source, pulls) = counted(std::iter::repeat_with(endless).flatten(), 0);
    let mut stage = lazily("extract_messages", || extract_messages(source));
    for due in 1..=3 {
        pulls.allow(due);
        let item = lazily("extract_messages", || stage.next()).map(told);
        expect_eq("an item of extract_messages(an endless log)", &item, &Some(Ok("tick".into())));
    }
    a_message_comes_while_the_log_is_written();
}

fn a_message_comes_while_the_log_is_written() {
    let gate = Arc::new(Gate::new());
    let wait = Arc::clone(&gate);
    let pipe = NamedPipe::new(move |pipe| {
        writeln!(pipe, "{}", entry(Level::Info, "all is well"))?;
        writeln!(pipe, "{}", entry(Level::Error, "first"))?;
        pipe.flush()?;
        wait.wait();
        writeln!(pipe, "{}", entry(Level::Error, "second"))
    })
    .expect("a named pipe can be made");
    let entries = parse_logs(read_logs(pipe.path()));
    let mut messages = extract_messages(filter_errors(entries));
    let first = messages.next().map(told);
    if gate.gave_up() {
        fail(
            "the message of line 2 came out only when the writer of the log had gone on: a \
             stage read the whole log first, or a line beyond what is due.",
        );
    }
    expect_eq("the first message of a named pipe", &first, &Some(Ok("first".to_owned())));
    gate.open();
    let second = messages.next().map(told);
    expect_eq("the second message of a named pipe", &second, &Some(Ok("second".to_owned())));
    let end = messages.next().map(told);
    expect_eq("what comes after the last message of a named pipe", &end, &None);
    drop(messages);
    pipe.finish().expect("the pipe can be written");
}

fn memory_does_not_grow_with_the_log() {
    let prepare = |count: u64| {
        let file = Scratch::new();
        needed(
            logs::write_file(file.path(), seed(), count, 0),
            "the test's file cannot be written",
        );
        let errors = logs::entries(seed())
            .zip(0..count)
            .filter(|(entry, _)| entry.level == Level::Error)
            .count();
        (file, errors)
    };
    heap::measure("lines", &[6_250, 50_000, 400_000], prepare, |(file, errors)| {
        let messages = extract_messages(filter_errors(parse_logs(read_logs(file.path()))));
        let mut got = 0;
        for message in messages {
            if let Err(error) = told(message) {
                fail(format!("got {error}"));
            }
            got += 1;
        }
        // More than there are is for another check to judge.
        if got < *errors {
            fail(format!("{got} messages came out of a log with {errors} errors"));
        }
    });
}
