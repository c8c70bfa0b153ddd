//! Checks of question 5.3's framing, in memory.

use std::io::{self, ErrorKind, Read, Write};

use exercise5::{read_frame, write_frame};
use harness::proptest::prelude::*;
use harness::{expect, expect_eq, heap, property};

use super::worker::frame;

/// Bytes that go a few at a time, with interruptions; what is written becomes
/// visible with a flush.
#[derive(Debug, Default)]
struct Trickle {
    step: usize,
    calls: usize,
    bytes: Vec<u8>,
    unflushed: Vec<u8>,
}

impl Trickle {
    fn turn(&mut self) -> io::Result<usize> {
        self.calls += 1;
        if self.calls.is_multiple_of(3) {
            Err(ErrorKind::Interrupted.into())
        } else {
            Ok(self.step)
        }
    }
}

impl Read for Trickle {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.turn()?.min(buffer.len()).min(self.bytes.len());
        buffer[..count].copy_from_slice(&self.bytes[..count]);
        self.bytes.drain(..count);
        Ok(count)
    }
}

impl Write for Trickle {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let count = self.turn()?.min(buffer.len());
        self.unflushed.extend(&buffer[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.bytes.append(&mut self.unflushed);
        Ok(())
    }
}

/// What a read gave, in a form that can be compared.
fn outcome(read: io::Result<Option<Vec<u8>>>) -> Result<Option<Vec<u8>>, ErrorKind> {
    read.map_err(|error| error.kind())
}

pub fn any_bytes_survive() {
    let payload = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..40),
        prop::collection::vec(prop::sample::select(vec![0, b'\n', 0xff]), 0..8),
        (250..260_usize).prop_map(|length| vec![7; length]),
    ];
    let inputs = (prop::collection::vec(payload, 0..5), 1..20_usize);
    property(200, inputs, |(payloads, step)| {
        let mut pipe = Trickle { step, ..Trickle::default() };
        for payload in &payloads {
            let before = pipe.bytes.len();
            let written = write_frame(&mut pipe, payload).map_err(|error| error.kind());
            expect_eq(format_args!("write_frame(_, {payload:?})"), &written, &Ok(()));
            expect(
                pipe.unflushed.is_empty(),
                format_args!(
                    "write_frame(_, {payload:?}) left {} bytes in the writer's buffer, where no \
                     child can read them: flush at the end.",
                    pipe.unflushed.len()
                ),
            );
            expect_eq(
                format_args!(
                    "the bytes of write_frame(_, {payload:?}), where the writer takes {step} at a time,"
                ),
                &pipe.bytes[before..],
                &frame(payload)[..],
            );
        }
        let bytes = pipe.bytes.clone();
        for (number, payload) in payloads.iter().enumerate() {
            expect_eq(
                format_args!(
                    "read_frame of frame {number}, where the reader gives {step} bytes at a time,"
                ),
                &outcome(read_frame(&mut pipe, 1000)),
                &Ok(Some(payload.clone())),
            );
        }
        let mut at_once: &[u8] = &bytes;
        for (number, payload) in payloads.iter().enumerate() {
            let rest = at_once.len() - frame(payload).len();
            expect_eq(
                format_args!("read_frame of frame {number} of several that come at once"),
                &outcome(read_frame(&mut at_once, 1000)),
                &Ok(Some(payload.clone())),
            );
            expect_eq(
                format_args!(
                    "the bytes left for the next frame after frame {number} (take this frame's alone)"
                ),
                &at_once.len(),
                &rest,
            );
        }
        expect_eq(
            "read_frame after the last frame",
            &outcome(read_frame(&mut pipe, 1000)),
            &Ok(None),
        );
    });
    // More than an answer may have: that is the reader's affair.
    const LENGTH: usize = 20 << 20;
    let payload = vec![7; LENGTH];
    let (peak, written) = heap::peak_of(|| write_frame(&mut io::sink(), &payload));
    let call = format!("write_frame of {LENGTH} bytes");
    expect_eq(&call, &written.map_err(|error| error.kind()), &Ok(()));
    expect(
        peak < 1 << 20,
        format_args!(
            "{call} took {peak} bytes of memory. The payload is there already: write the length, and \
             then the payload from where it is."
        ),
    );
}

/// Gives or takes so many bytes, and then breaks.
#[derive(Debug)]
struct Breaking {
    left: usize,
    bytes: Vec<u8>,
}

impl Breaking {
    /// Tells its error once and goes on as if nothing had been: who drops the error is
    /// not told again.
    fn breaks<T>(&mut self) -> io::Result<T> {
        self.left = usize::MAX;
        Err(ErrorKind::ConnectionReset.into())
    }
}

impl Read for Breaking {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = buffer.len().min(self.left).min(self.bytes.len());
        if count == 0 {
            return self.breaks();
        }
        buffer[..count].copy_from_slice(&self.bytes[..count]);
        self.bytes.drain(..count);
        self.left -= count;
        Ok(count)
    }
}

impl Write for Breaking {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let count = buffer.len().min(self.left);
        if count == 0 {
            return self.breaks();
        }
        self.left -= count;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.left == 0 { self.breaks() } else { Ok(()) }
    }
}

/// What goes wrong with the pipe comes back as it is, wherever it happens.
fn errors_come_back() {
    let bytes = frame(b"first");
    for left in 0..=bytes.len() {
        let broken = || Breaking { left, bytes: bytes.clone() };
        let place = format!("that breaks after {left} bytes of a frame of {}", bytes.len());
        expect_eq(
            format_args!("write_frame to a pipe {place}"),
            &write_frame(&mut broken(), b"first").map_err(|error| error.kind()),
            &Err(ErrorKind::ConnectionReset),
        );
        if left < bytes.len() {
            expect_eq(
                format_args!("read_frame from a pipe {place}"),
                &outcome(read_frame(&mut broken(), 100)),
                &Err(ErrorKind::ConnectionReset),
            );
        }
    }
}

pub fn an_end_in_a_frame_is_an_error() {
    let whole = frame(b"first");
    let two = [whole.clone(), frame(b"second one")].concat();
    for end in 0..=two.len() {
        let mut pipe = &two[..end];
        let mut read = || outcome(read_frame(&mut pipe, 100));
        let cut = Err(ErrorKind::UnexpectedEof);
        let (first, second) = match end {
            0 => (Ok(None), None),
            _ if end < whole.len() => (cut, None),
            _ if end == whole.len() => (Ok(Some(b"first".to_vec())), Some(Ok(None))),
            _ if end < two.len() => (Ok(Some(b"first".to_vec())), Some(cut)),
            _ => (Ok(Some(b"first".to_vec())), Some(Ok(Some(b"second one".to_vec())))),
        };
        let place = format!("where the input ends after {end} bytes of {:?},", &two);
        expect_eq(format_args!("read_frame, {place}"), &read(), &first);
        if let Some(second) = second {
            expect_eq(format_args!("the second read_frame, {place}"), &read(), &second);
        }
    }
    expect_eq(
        "read_frame of an empty frame (it is not the end of the input)",
        &outcome(read_frame(&mut &frame(b"")[..], 100)),
        &Ok(Some(Vec::new())),
    );
    errors_come_back();
}

pub fn a_length_is_looked_at_first() {
    const LIMIT: usize = 1000;
    for (length, expected) in
        [(LIMIT, Ok(Some(vec![7; LIMIT]))), (LIMIT + 1, Err(ErrorKind::InvalidData))]
    {
        expect_eq(
            format_args!("read_frame(_, {LIMIT}) of a frame of {length} bytes"),
            &outcome(read_frame(&mut &frame(&vec![7; length])[..], LIMIT)),
            &expected,
        );
    }
    // The larger ones are below zero to whoever takes them for signed.
    for length in [200_u32 << 20, 3 << 30, u32::MAX] {
        let head = length.to_be_bytes();
        let (peak, read) = heap::peak_of(|| outcome(read_frame(&mut &head[..], LIMIT)));
        let call = format!("read_frame(_, {LIMIT}) of a frame that says it has {length} bytes");
        expect_eq(&call, &read, &Err(ErrorKind::InvalidData));
        expect(
            peak < 1 << 20,
            format_args!(
                "{call} took {peak} bytes of memory before it refused: four wrong bytes could fill \
                 the machine. Compare the length with the limit first."
            ),
        );
    }
}
