//! Takes memory for as many bytes as are announced, and looks at the limit later.

pub fn read_frame(input: &mut impl Read, limit: usize) -> io::Result<Option<Vec<u8>>> {
    let mut head = Vec::new();
    if input.by_ref().take(4).read_to_end(&mut head)? == 0 {
        return Ok(None);
    }
    let head: [u8; 4] = head.try_into().map_err(|_| ErrorKind::UnexpectedEof)?;
    let mut payload = vec![0; u32::from_be_bytes(head) as usize];
    if payload.len() > limit {
        return Err(ErrorKind::InvalidData.into());
    }
    input.read_exact(&mut payload)?;
    Ok(Some(payload))
}
