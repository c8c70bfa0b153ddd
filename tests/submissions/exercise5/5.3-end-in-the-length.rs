//! Takes an end within the length for the end of the input.

pub fn read_frame(input: &mut impl Read, limit: usize) -> io::Result<Option<Vec<u8>>> {
    let mut head = Vec::new();
    if input.by_ref().take(4).read_to_end(&mut head)? == 0 {
        return Ok(None);
    }
    let Ok(head) = <[u8; 4]>::try_from(head) else { return Ok(None) };
    let length = u32::from_be_bytes(head) as usize;
    if length > limit {
        let why = format!("a frame of {length} bytes, where {limit} are allowed");
        return Err(io::Error::new(ErrorKind::InvalidData, why));
    }
    let mut payload = vec![0; length];
    input.read_exact(&mut payload)?;
    Ok(Some(payload))
}
