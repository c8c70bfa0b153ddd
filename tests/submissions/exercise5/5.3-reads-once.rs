//! Calls `read` once and takes what comes for the whole payload.

pub fn read_frame(input: &mut impl Read, limit: usize) -> io::Result<Option<Vec<u8>>> {
    let mut head = Vec::new();
    if input.by_ref().take(4).read_to_end(&mut head)? == 0 {
        return Ok(None);
    }
    let head: [u8; 4] = head.try_into().map_err(|_| ErrorKind::UnexpectedEof)?;
    let length = u32::from_be_bytes(head) as usize;
    if length > limit {
        return Err(ErrorKind::InvalidData.into());
    }
    let mut payload = vec![0; length];
    loop {
        match input.read(&mut payload) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Ok(0) if length > 0 => return Err(ErrorKind::UnexpectedEof.into()),
            read => return read.map(|_| Some(payload)),
        }
    }
}
