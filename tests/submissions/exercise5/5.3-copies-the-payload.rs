//! Makes a copy of the payload with its length in front.

pub fn write_frame(output: &mut impl Write, payload: &[u8]) -> io::Result<()> {
    let length = u32::try_from(payload.len())
        .map_err(|_| io::Error::new(ErrorKind::InvalidInput, "the frame is too long"))?;
    let mut frame = length.to_be_bytes().to_vec();
    frame.extend_from_slice(payload);
    output.write_all(&frame)?;
    output.flush()
}
