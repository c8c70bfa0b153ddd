//! The child processes of question 5.3, with framing of their own.

use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::AsFd;
use std::path::Path;

use harness::{close_input, needed, pass_gate};

/// Bytes of a frame, by the kit's own hand.
pub fn frame(payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).expect("the kit's frames are short");
    [&length.to_be_bytes(), payload].concat()
}

/// Answers with the bytes in reverse.
pub fn reverse(bytes: &[u8]) -> Vec<u8> {
    [b"reverse ", bytes].concat()
}

/// Answers with the child's number as soon as the gate is open.
pub fn pass(gate: &harness::ProcessGate) -> Vec<u8> {
    format!("pass {}", gate.address()).into_bytes()
}

/// Answers with the child's number.
pub const WHO: &[u8] = b"who ";

/// Answers with the child's number, and then dies.
pub const LAST: &[u8] = b"last ";

/// How a child fails at a task.
#[derive(Debug, Clone, Copy)]
pub enum Failure {
    /// It is killed while it works.
    Dies,
    /// It writes something else than a frame, and lives on.
    Babbles,
    /// It ends in the middle of its answer.
    Breaks,
    /// It ends as if all were done, without an answer.
    Leaves,
}

/// Fails at the first `times` attempts, which are written into `log`, one
/// child's number a line; then answers with "done".
pub fn failing(failure: Failure, times: usize, log: &Path) -> Vec<u8> {
    format!("fail {failure:?} {times} {}", log.display()).into_bytes()
}

/// Standard output without a buffer: what is written in one call is there in
/// one piece, whatever bytes it has. Rust's own cuts it at a line break.
fn output() -> File {
    let output = io::stdout().as_fd().try_clone_to_owned();
    File::from(output.expect("a child has a standard output"))
}

/// A child that reads a whole task and then answers.
pub fn work(_: &[&str]) {
    let (mut input, mut output) = (io::stdin().lock(), output());
    let mut length = [0; 4];
    // At the end of its input the child has nothing more to do.
    while input.read_exact(&mut length).is_ok() {
        let mut task = vec![0; u32::from_be_bytes(length) as usize];
        input.read_exact(&mut task).expect("a task that was begun comes to its end");
        let at = task.iter().position(|&byte| byte == b' ').unwrap_or(task.len() - 1);
        let (command, rest) = task.split_at(at + 1);
        let text = String::from_utf8_lossy(rest);
        let own_number = || std::process::id().to_string().into_bytes();
        let answer = match command {
            b"reverse " => rest.iter().rev().copied().collect(),
            b"pass " => {
                pass_gate(&text);
                own_number()
            }
            b"fail " => fail(&text, &mut output),
            _ => own_number(),
        };
        output.write_all(&frame(&answer)).expect("somebody reads the answer");
        if command == LAST {
            std::process::abort();
        }
    }
}

fn fail(task: &str, output: &mut File) -> Vec<u8> {
    let mut words = task.splitn(3, ' ');
    let mut word = || words.next().expect("three words");
    let (how, times, log) = (word(), word().parse::<usize>().expect("a number"), word());
    let mut file =
        needed(File::options().create(true).append(true).open(log), "the log cannot be written");
    needed(writeln!(file, "{}", std::process::id()), "the log cannot be written");
    let attempts = std::fs::read_to_string(log).expect("the log").lines().count();
    if attempts <= times {
        let said: &[u8] = match how {
            // As four bytes of length, "Read" is more than a billion.
            "Babbles" => b"Ready to work.\n",
            "Breaks" => b"\0\0\0\x10half of",
            _ => b"",
        };
        output.write_all(said).expect("somebody reads");
        match how {
            "Dies" => std::process::abort(),
            // Lives on until it is killed, or until its input ends.
            "Babbles" => _ = io::copy(&mut io::stdin().lock(), &mut io::sink()),
            _ => {}
        }
        std::process::exit(0);
    }
    b"done".to_vec()
}

/// A child that answers while it still reads: each byte as it comes.
pub fn echo(_: &[&str]) {
    let (mut input, mut output) = (io::stdin().lock(), output());
    let mut buffer = [0; 16 << 10];
    while let Ok(read @ 1..) = input.read(&mut buffer) {
        output.write_all(&buffer[..read]).expect("somebody reads the answer");
    }
}

/// A child that reads a little of its task, closes its input and then answers.
pub fn close(_: &[&str]) {
    let begun = io::stdin().lock().read_exact(&mut [0; 8]);
    needed(begun.and_then(|()| close_input()), "the child cannot close its input");
    output().write_all(&frame(b"done")).expect("somebody reads the answer");
    // Lives on until it is killed.
    loop {
        std::thread::park();
    }
}

/// A child that reads a little, writes what is no frame, and waits to be killed.
pub fn stare(_: &[&str]) {
    io::stdin().lock().read_exact(&mut [0; 8]).expect("a task has more than four bytes");
    output().write_all(b"Ready to work.\n").expect("somebody reads");
    loop {
        std::thread::park();
    }
}
