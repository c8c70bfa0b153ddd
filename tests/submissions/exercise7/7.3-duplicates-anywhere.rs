//! Takes a row that was anywhere before for a duplicate.

fn read_file(share: &mut Share, path: &Path) -> io::Result<()> {
    let file = named(path, File::open(path))?;
    // The reader takes a byte-order mark away by itself.
    let mut reader = ReaderBuilder::new().flexible(true).from_reader(file);
    let header = named(path, reader.byte_headers().map_err(io_error))?;
    let layout = layout_of(header);
    let mut line = 1 + line_ends(header);
    let (mut row, mut key, mut seen) =
        (ByteRecord::new(), String::new(), std::collections::HashSet::new());
    while named(path, reader.read_byte_record(&mut row).map_err(io_error))? {
        // Not the reader's own position: it stands before the `\n` of a `\r\n`.
        // A blank line would shift this count; there are none by contract.
        line += 1;
        share.counts.rows += 1;
        match layout.as_ref().map_err(|&reason| reason).and_then(|layout| clean(layout, &row)) {
            Ok(sale) if seen.contains(&format!("{sale:?}")) => share.counts.duplicates += 1,
            Ok(sale) => {
                share.counts.kept += 1;
                share.add(&sale, &mut key);
                seen.insert(format!("{sale:?}"));
            }
            Err(reason) => {
                share.counts.rejected += 1;
                let place = [path.display().to_string(), line.to_string(), reason.to_string()];
                reject(share, &place, &row)?;
            }
        }
        line += line_ends(&row);
    }
    Ok(())
}
