//! Leaves the frame in the buffer of the writer.

pub fn write_frame(output: &mut impl Write, payload: &[u8]) -> io::Result<()> {
    let length = u32::try_from(payload.len())
        .map_err(|_| io::Error::new(ErrorKind::InvalidInput, "the frame is too long"))?;
    output.write_all(&length.to_be_bytes())?;
    output.write_all(payload)
}
