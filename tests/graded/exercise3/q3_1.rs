//! Checks of question 3.1: reading a large file in chunks of lines.

use std::io::{self, ErrorKind, Write};
use std::sync::Arc;

use exercise3::read_large_file;
use harness::proptest::prelude::*;
use harness::{
    Gate, NamedPipe, Scratch, checks, expect, expect_eq, fail, heap, needed, property, seed,
};
use records::lines;

checks! {
    "3.1/examples" => chunks_come_in_order_and_the_last_is_short,
    "3.1/lines" => lines_are_cut_exactly,
    "3.1/errors" => errors_are_the_last_item,
    "3.1/lazy" => the_first_chunk_comes_while_the_file_is_written,
    "3.1/memory" => memory_does_not_grow_with_the_file,
}

/// The chunks of a stream without errors that may not have more than `most`.
fn chunks_of(
    what: &str,
    stream: impl Iterator<Item = io::Result<Vec<String>>>,
    most: usize,
) -> Vec<Vec<String>> {
    let chunks: Vec<_> = stream
        .take(most + 1)
        .map(|chunk| chunk.unwrap_or_else(|error| fail(format!("{what}: got the error {error}"))))
        .collect();
    expect(
        chunks.len() <= most,
        format_args!("{what} never ends: there is no more than {most} chunks of lines in the file"),
    );
    chunks
}

fn chunks_come_in_order_and_the_last_is_short() {
    let file = Scratch::holding("one\ntwo\nthree\nfour\nfive\n");
    let lines = ["one", "two", "three", "four", "five"].map(str::to_owned);
    // A chunk larger than any memory must not be asked for at once.
    for chunk_size in [2, 1, 5, 4, 6, usize::MAX] {
        let what = format!("read_large_file(five lines, {chunk_size})");
        let got = chunks_of(&what, read_large_file(file.path(), chunk_size), 5);
        let want: Vec<Vec<_>> = lines.chunks(chunk_size).map(<[_]>::to_vec).collect();
        if got.len() + 1 == want.len() && want.starts_with(&got) {
            fail(format!("{what}: the last chunk is lost, which is shorter than the others"));
        }
        expect_eq(what, &got, &want);
    }
    let many = Scratch::holding("\n".repeat(200_000));
    let what = "read_large_file(200 000 empty lines, 150 000)";
    let got = chunks_of(what, read_large_file(many.path(), 150_000), 2);
    let sizes: Vec<_> = got.iter().map(Vec::len).collect();
    expect_eq(format_args!("the sizes of the chunks of {what}"), &sizes, &vec![150_000, 50_000]);
    let empty = Scratch::holding("");
    let got = chunks_of("read_large_file(an empty file, 3)", read_large_file(empty.path(), 3), 1);
    expect_eq("read_large_file(an empty file, 3)", &got, &Vec::new());

    let large = Scratch::new();
    needed(lines::write_file(large.path(), seed(), 10_050), "the test's file cannot be written");
    let what = "read_large_file(10 050 lines, 100)";
    let got = chunks_of(what, read_large_file(large.path(), 100), 101);
    let sizes: Vec<_> = got.iter().map(Vec::len).collect();
    let want: Vec<_> = [100; 100].into_iter().chain([50]).collect();
    expect_eq(format_args!("the sizes of the chunks of {what}"), &sizes, &want);
    for (number, (got, want)) in got.concat().iter().zip(lines::numbered(seed())).enumerate() {
        expect_eq(format_args!("line {number} of {what}"), got, &want);
    }
}

fn lines_are_cut_exactly() {
    let long = "é".repeat(1_500_000);
    let spaces = "  two blanks before and after  ";
    let mark = "\u{feff}one";
    let feeds = ["one\u{c}", "two\u{85}", "three\u{2028}four", "five\0"];
    let examples: [(&str, String, Vec<&str>); 10] = [
        ("whose lines end with \\r\\n", "one\r\ntwo\r\n".to_owned(), vec!["one", "two"]),
        ("without a line end at the end", "one\ntwo".to_owned(), vec!["one", "two"]),
        ("with byte-order marks", format!("{mark}\n{mark}\n"), vec![mark, mark]),
        ("with empty lines", "\n\none\n\n".to_owned(), vec!["", "", "one", ""]),
        ("with blanks around a line", format!("{spaces}\n"), vec![spaces]),
        ("with a carriage return before \\r\\n", "one\r\r\ntwo\n".to_owned(), vec!["one\r", "two"]),
        ("with a carriage return at its end", "one\ntwo\r".to_owned(), vec!["one", "two\r"]),
        ("with other signs that part lines elsewhere", feeds.join("\n"), feeds.to_vec()),
        ("with a carriage return inside", "one\rtwo\n".to_owned(), vec!["one\rtwo"]),
        ("with a line of 3 000 000 bytes", format!("{long}\nend\n"), vec![&long, "end"]),
    ];
    for (which, text, want) in &examples {
        let file = Scratch::holding(text);
        let what = format!("the lines of a file {which}");
        let got = chunks_of(&what, read_large_file(file.path(), 3), want.len()).concat();
        let want: Vec<_> = want.iter().map(|&line| line.to_owned()).collect();
        expect_eq(what, &got, &want);
    }
    let many = Scratch::holding("\n".repeat(70_000));
    let what = "the sizes of read_large_file(a file of 70 000 lines, 65 536)";
    let sizes: Vec<usize> =
        chunks_of(what, read_large_file(many.path(), 65_536), 2).iter().map(Vec::len).collect();
    expect_eq(what, &sizes, &vec![65_536, 4464]);
    let line = ("[a-zé字 ]{0,12}", prop::bool::ANY);
    let input = (prop::collection::vec(line, 0..20), prop::bool::ANY, 1..8_usize);
    property(200, input, |(lines, ended, chunk_size)| {
        let mut text = String::new();
        for (at, (line, crlf)) in lines.iter().enumerate() {
            text.push_str(line);
            let last = at + 1 == lines.len();
            // An empty line at the end is only there with its line end.
            if !last || ended || line.is_empty() {
                text.push_str(if *crlf { "\r\n" } else { "\n" });
            }
        }
        let file = Scratch::holding(&text);
        let what = format!("read_large_file(a file with {text:?}, {chunk_size})");
        let got = chunks_of(&what, read_large_file(file.path(), chunk_size), lines.len());
        let all: Vec<String> = lines.into_iter().map(|(line, _)| line).collect();
        let want: Vec<_> = all.chunks(chunk_size).map(<[_]>::to_vec).collect();
        expect_eq(what, &got, &want);
    });
}

/// A stream as text, errors by their kind; at most `most` items of it.
fn described(
    stream: impl Iterator<Item = io::Result<Vec<String>>>,
    most: usize,
) -> Vec<Result<Vec<String>, ErrorKind>> {
    stream.take(most).map(|chunk| chunk.map_err(|error| error.kind())).collect()
}

fn errors_are_the_last_item() {
    let scratch = Scratch::holding("one\ntwo\n");
    let missing = scratch.folder().join("missing.txt");
    let got = described(read_large_file(&missing, 2), 3);
    expect_eq("read_large_file(a missing file, 2)", &got, &vec![Err(ErrorKind::NotFound)]);

    let got = described(read_large_file(scratch.path(), 0), 3);
    let want = vec![Err(ErrorKind::InvalidInput)];
    expect_eq("read_large_file(two lines, 0)", &got, &want);

    let got = described(read_large_file(scratch.folder(), 2), 3);
    if !matches!(&got[..], [Err(_)]) {
        fail(format!(
            "read_large_file(a directory, 2): expected one error and then the end, got {got:?}"
        ));
    }
    let ok = |lines: [&str; 2]| Ok(lines.map(str::to_owned).to_vec());
    let good = "one\ntwo\nthree\nfour\n";
    for (which, bad) in [("first", &b"\xff\xfe\nsix\nseven\n"[..]), ("second", b"five\n\xe9\n")] {
        let file = Scratch::holding([good.as_bytes(), bad].concat());
        let got = described(read_large_file(file.path(), 2), 6);
        let want = vec![ok(["one", "two"]), ok(["three", "four"]), Err(ErrorKind::InvalidData)];
        let what = format!(
            "read_large_file(four good lines and a chunk whose {which} line is not UTF-8, 2)"
        );
        if got.iter().all(Result::is_ok) {
            fail(format!(
                "{what}: the error is swallowed; a reader would take the file for complete.\n  \
                 got {got:?}"
            ));
        }
        expect_eq(what, &got, &want);
    }
}

fn the_first_chunk_comes_while_the_file_is_written() {
    let gate = Arc::new(Gate::new());
    let wait = Arc::clone(&gate);
    let pipe = NamedPipe::new(move |pipe| {
        pipe.write_all(b"one\ntwo\nthree\n")?;
        pipe.flush()?;
        wait.wait();
        pipe.write_all(b"four\nfive\nsix\n")
    })
    .expect("a named pipe can be made");
    let mut chunks = read_large_file(pipe.path(), 3);
    let first = chunks.next();
    if gate.gave_up() {
        fail(
            "the first chunk of 3 lines came out only when the writer of the file had gone on, \
             with all 3 lines written long before: the whole file was read first, or a line \
             beyond the chunk. Yield a chunk as soon as its last line is there.",
        );
    }
    let first = first.map(|chunk| chunk.map_err(|error| error.kind()));
    let lines = |lines: [&str; 3]| Some(Ok(lines.map(str::to_owned).to_vec()));
    expect_eq("the first chunk of a named pipe", &first, &lines(["one", "two", "three"]));
    gate.open();
    let second = chunks.next().map(|chunk| chunk.map_err(|error| error.kind()));
    expect_eq("the second chunk of a named pipe", &second, &lines(["four", "five", "six"]));
    expect(chunks.next().is_none(), "after the last chunk of a named pipe comes the end");
    drop(chunks);
    pipe.finish().expect("the pipe can be written");
}

fn memory_does_not_grow_with_the_file() {
    // Goes into each size without a rest.
    const CHUNK: usize = 625;
    let prepare = |count: u64| {
        let file = Scratch::new();
        needed(lines::write_file(file.path(), seed(), count), "the test's file cannot be written");
        (file, count)
    };
    heap::measure("lines", &[15_625, 125_000, 1_000_000], prepare, |(file, count)| {
        let mut lines = 0;
        for chunk in read_large_file(file.path(), CHUNK) {
            let chunk = chunk.unwrap_or_else(|error| fail(format!("got the error {error}")));
            expect_eq("the number of lines in a chunk", &chunk.len(), &CHUNK);
            lines += chunk.len() as u64;
        }
        expect_eq("the number of lines in all chunks", &lines, count);
    });
}
