//! Refuses a frame of exactly the limit.

pub fn read_frame(input: &mut impl Read, limit: usize) -> io::Result<Option<Vec<u8>>> {
    let mut head = Vec::new();
    if input.by_ref().take(4).read_to_end(&mut head)? == 0 {
        return Ok(None);
    }
    let head: [u8; 4] = head.try_into().map_err(|_| ErrorKind::UnexpectedEof)?;
    let length = u32::from_be_bytes(head) as usize;
    if length >= limit {
        let why = format!("a frame of {length} bytes, where {limit} are allowed");
        return Err(io::Error::new(ErrorKind::InvalidData, why));
    }
    let mut payload = vec![0; length];
    input.read_exact(&mut payload)?;
    Ok(Some(payload))
}
