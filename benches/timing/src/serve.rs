//! The side of a timed call that runs it: a process that waits for requests.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::panic::{AssertUnwindSafe, catch_unwind};

use course::channel::Reply;
use course::fault::MachineFault;
use course::measure::CallRequest;
use course::verdict::Reason;
use serde::{Deserialize, Serialize};
use supervise::channel;

use crate::workers;
use crate::workload::TimedCall;

/// Byte that says the input is made and the call can begin.
pub(crate) const READY: u8 = b'r';
/// Byte that says the work is done; the number of workers and the output follow.
pub(crate) const DONE: u8 = b'd';
/// Byte that says the call failed; a line with a [`Failure`] follows.
pub(crate) const FAILED: u8 = b'f';

/// Why a call failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Failure {
    pub reason: Reason,
    pub message: String,
}

/// Answers requests on the private channel at standard input until it closes.
///
/// First it says what it was compiled from. Of each call the input is made first,
/// then the grader's signal is awaited, then the student's function runs; its whole
/// output goes back afterwards. Nothing in a request says whether the call is timed.
pub(crate) fn serve(calls: &[TimedCall], identity: &str) -> std::io::Result<()> {
    std::panic::set_hook(Box::new(|_| {}));
    let mut channel = channel::take()?;
    send(&mut channel, &Reply::Started { identity: identity.to_owned() })?;
    answer(calls, &channel)
}

fn send(mut channel: impl Write, message: &impl Serialize) -> std::io::Result<()> {
    let mut line = serde_json::to_vec(message)?;
    line.push(b'\n');
    channel.write_all(&line)
}

fn answer(calls: &[TimedCall], mut channel: &UnixStream) -> std::io::Result<()> {
    let mut requests = BufReader::new(channel);
    let mut line = String::new();
    while requests.read_line(&mut line)? > 0 {
        let request: CallRequest = serde_json::from_str(&line)?;
        line.clear();
        let timed = calls.iter().find(|call| call.question == request.question);
        let Some(timed) = timed else {
            let message = format!("question {} is not in this program", request.question);
            fail(channel, &Failure { reason: Reason::CheckerFault, message })?;
            continue;
        };
        let prepare = || (timed.prepare)(request.seed, request.size, request.threads);
        let call = match catch_unwind(prepare) {
            Ok(call) => call,
            Err(panic) => {
                fail(channel, &failure(panic.as_ref()))?;
                continue;
            }
        };
        channel.write_all(&[READY])?;
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
            Err(panic) => fail(channel, &failure(panic.as_ref()))?,
        }
    }
    Ok(())
}

fn fail(mut channel: &UnixStream, failure: &Failure) -> std::io::Result<()> {
    channel.write_all(&[FAILED])?;
    send(channel, failure)
}

fn failure(panic: &(dyn std::any::Any + Send)) -> Failure {
    if let Some(MachineFault(message)) = panic.downcast_ref() {
        return Failure { reason: Reason::MachineFault, message: message.clone() };
    }
    let text = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("a panic without a text");
    if let Some((_, task)) = text.split_once("not yet implemented: ") {
        let message = format!("not written yet: {task}");
        return Failure { reason: Reason::NotImplemented, message };
    }
    // A line on the channel, and no longer than anybody reads.
    let first = &text[..text.floor_char_boundary(4096)];
    let message = format!("your code panicked in a timed call: {first}");
    Failure { reason: Reason::Panicked, message }
}
