//! The submission's side of a timed call: a process that waits for requests.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use course::verdict::Reason;
use serde::{Deserialize, Serialize};

use crate::workers;
use crate::workload::Prepare;

/// Byte that says the work is done; the number of workers and the output follow.
pub(crate) const DONE: u8 = b'd';
/// Byte that says the call failed; a line with a [`Failure`] follows.
pub(crate) const FAILED: u8 = b'f';

/// A question and the student's function behind it.
#[derive(Debug, Clone, Copy)]
pub struct Arm {
    /// The question, such as `4.1`.
    pub question: &'static str,
    /// Makes a call of the student's function.
    pub prepare: Prepare,
}

/// Asks for one timed call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CallRequest {
    pub question: String,
    pub seed: u64,
    pub size: u64,
    pub threads: usize,
}

/// Why a call failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Failure {
    pub reason: Reason,
    pub message: String,
}

/// Answers requests on the private channel at standard input until it closes.
///
/// Of each call the input is made first, then the grader's signal is awaited,
/// then the student's function runs; its whole output goes back afterwards.
/// Nothing in a request says whether the call is timed.
#[must_use]
pub fn serve(arms: &[Arm]) -> ExitCode {
    std::panic::set_hook(Box::new(|_| {}));
    match course::confine::take_channel().and_then(|channel| {
        course::confine::confine_process()?;
        answer(arms, &channel)
    }) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn answer(arms: &[Arm], mut channel: &UnixStream) -> std::io::Result<()> {
    let mut requests = BufReader::new(channel);
    let mut line = String::new();
    while requests.read_line(&mut line)? > 0 {
        let request: CallRequest = serde_json::from_str(&line)?;
        line.clear();
        let arm = arms.iter().find(|arm| arm.question == request.question);
        let Some(arm) = arm else {
            return Err(std::io::Error::other("no such question"));
        };
        let call = (arm.prepare)(request.seed, request.size, request.threads);
        channel.write_all(b"r")?;
        requests.read_line(&mut line)?;
        line.clear();
        workers::forget();
        match catch_unwind(AssertUnwindSafe(call)) {
            Ok(output) => {
                channel.write_all(&[DONE])?;
                let mut bytes = workers::seen().to_le_bytes().to_vec();
                bytes.extend((output.len() as u64).to_le_bytes());
                bytes.extend(output.iter().flat_map(|value| value.to_le_bytes()));
                channel.write_all(&bytes)?;
            }
            Err(panic) => {
                let text = panic
                    .downcast_ref::<String>()
                    .map(String::as_str)
                    .or_else(|| panic.downcast_ref::<&str>().copied())
                    .unwrap_or("a panic without a text");
                let failure = if let Some((_, task)) = text.split_once("not yet implemented: ") {
                    Failure {
                        reason: Reason::NotImplemented,
                        message: format!("not written yet: {task}"),
                    }
                } else {
                    Failure {
                        reason: Reason::Panicked,
                        message: format!("your code panicked in a timed call: {text}"),
                    }
                };
                let mut bytes = vec![FAILED];
                bytes.extend(serde_json::to_vec(&failure)?);
                bytes.push(b'\n');
                channel.write_all(&bytes)?;
            }
        }
    }
    Ok(())
}
