//! Writes nothing for an empty payload.

pub fn write_frame(output: &mut impl Write, payload: &[u8]) -> io::Result<()> {
    let length = u32::try_from(payload.len())
        .map_err(|_| io::Error::new(ErrorKind::InvalidInput, "the frame is too long"))?;
    if payload.is_empty() {
        return Ok(());
    }
    output.write_all(&length.to_be_bytes())?;
    output.write_all(payload)?;
    output.flush()
}
