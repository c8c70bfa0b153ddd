//! Reads through a buffer that is dropped with the bytes of the next frame in it.

use std::io::BufReader;

pub fn read_frame(input: &mut impl Read, limit: usize) -> io::Result<Option<Vec<u8>>> {
    solution_read_frame(&mut BufReader::new(input), limit)
}
