//! Counts the bad rows and keeps them nowhere.

fn reject(_share: &mut Share, _front: &[String], _row: &ByteRecord) -> io::Result<()> {
    Ok(())
}
