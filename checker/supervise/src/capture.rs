//! The output of a child, capped while it is read: its head and its tail.

use std::collections::VecDeque;
use std::io::Read;

/// Reads to the end and keeps at most about `cap` bytes: the first half and the
/// last half, with a line between them that counts what was left out.
pub(crate) fn capture(mut pipe: impl Read, cap: usize) -> Vec<u8> {
    let half = cap / 2;
    let (mut head, mut tail) = (Vec::new(), VecDeque::<u8>::new());
    let mut left_out = 0_u64;
    let mut block = [0; 8192];
    loop {
        let read = match pipe.read(&mut block) {
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            // A pipe that breaks has no more to give than one that ends.
            Ok(0) | Err(_) => break,
            Ok(read) => read,
        };
        let (first, rest) = block[..read].split_at(read.min(half.saturating_sub(head.len())));
        head.extend_from_slice(first);
        tail.extend(rest);
        let excess = tail.len().saturating_sub(cap - half);
        tail.drain(..excess);
        left_out += excess as u64;
    }
    if left_out > 0 {
        head.extend(format!("\n… {left_out} bytes left out …\n").into_bytes());
    }
    head.extend(tail);
    head
}

#[cfg(test)]
mod tests {
    use super::capture;

    #[test]
    fn what_fits_is_kept_whole() {
        for length in [0, 1, 99, 100] {
            let bytes: Vec<u8> = (0..length).collect();
            assert_eq!(capture(bytes.as_slice(), 100), bytes);
        }
    }

    #[test]
    fn of_a_flood_head_and_tail_are_kept() {
        let flood = [b"begin".as_slice(), &[b'.'; 100_000], b"end".as_slice()].concat();
        let kept = String::from_utf8(capture(flood.as_slice(), 20)).unwrap();
        assert_eq!(kept, "begin.....\n… 99988 bytes left out …\n.......end");
    }
}
