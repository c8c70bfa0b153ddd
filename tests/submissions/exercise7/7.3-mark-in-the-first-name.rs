//! Reads the header by hand, with the byte-order mark in the name of the first column.

use std::io::{BufRead, BufReader};

fn read_file(share: &mut Share, path: &Path) -> io::Result<()> {
    let file = named(path, File::open(path))?;
    let mut file = BufReader::new(file);
    let mut names = String::new();
    named(path, file.read_line(&mut names))?;
    let header = names.trim_end().split(',').map(str::as_bytes).collect();
    let layout = layout_of(&header);
    let mut line = 1;
    let mut reader = ReaderBuilder::new().flexible(true).has_headers(false).from_reader(file);
    let (mut row, mut key, mut last) = (ByteRecord::new(), String::new(), Sale::default());
    while named(path, reader.read_byte_record(&mut row).map_err(io_error))? {
        // Not the reader's own position: it stands before the `\n` of a `\r\n`.
        // A blank line would shift this count; there are none by contract.
        line += 1;
        share.counts.rows += 1;
        match layout.as_ref().map_err(|&reason| reason).and_then(|layout| clean(layout, &row)) {
            Ok(sale) if sale == last => share.counts.duplicates += 1,
            Ok(sale) => {
                share.counts.kept += 1;
                share.add(&sale, &mut key);
                last = sale;
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
