//! Question 7.3: many CSV files, cleaned, transformed, aggregated and written.
//!
//! # The input
//! Each file is the export of one shop. Its first line is a header, which says
//! in what order the columns stand: those of [`records::sales::COLUMNS`] and perhaps others,
//! which are ignored. A byte-order mark may stand before it, and white space
//! around the names. Lines end with `\n` or `\r\n`, the last one perhaps with
//! neither; no line is blank. Outside of quotes, `\r` stands nowhere else. Fields
//! may be quoted, and then hold commas, line ends and doubled quotes. A file
//! without a single byte has no rows.
//!
//! # Cleaning
//! White space at both ends of a field goes. A row is rejected for the first
//! [`records::sales::Reason`] that applies to it. Nothing may be missing in a needed column.
//! - A date has the shape `2026-03-31`, a month from 01 to 12, a day from 01 to 31.
//! - A quantity is digits only, from 1 to 9999.
//! - A price is what [`parse_cents`] takes.
//!
//! Products are told apart in lower case ([`str::to_lowercase`]).
//!
//! A good row whose five values are, after cleaning, those of the last row
//! kept of the same file is a duplicate: a till that got no answer sends its
//! sale again at once. Rejected rows and other duplicates may stand between the
//! two. Equal rows with another sale between them are kept.
//!
//! # The output
//! Two files in the folder `output`, with `\n` behind each line and quotes
//! where they are needed (what `csv::Writer` does by itself):
//! - `summary.csv`: the columns `month,product,sales,units,cents`. One row for
//!   each month (`2026-03`) and product, sorted by month, then product: the
//!   rows kept, the sum of their quantities, the sum of quantity times price.
//! - `rejects.csv`: the columns `file,line,reason,row`. One row for each row
//!   rejected, in the order of `inputs`, then of the lines: the path as
//!   [`Path::display`] shows it, the line at which the row begins (the header is line
//!   1; line ends inside quotes count), the reason in the words of its `Display`, and from there
//!   on the fields of the row as they were read, bytes and all.

use std::io;
use std::path::{Path, PathBuf};

use records::sales::Counts;

/// The cents of a price: `12`, `12.5` and `12.50` are prices.
///
/// A price has 1 to 15 digits and, after a point, perhaps 1 or 2 more; no
/// sign, no white space, nothing else. Anything else is `None`. Every cent is
/// exact.
///
/// # Examples
/// ```
/// use exercise7::parse_cents;
/// assert_eq!(parse_cents("12.5"), Some(1250));
/// assert_eq!(parse_cents("12,50"), None);
/// ```
///
/// # Graded
/// `7.3/cents`
#[must_use]
pub fn parse_cents(price: &str) -> Option<u64> {
    // TODO: read a price without a float.
    todo!("7.3: the cents of {price:?}")
}

/// Reads the files of `inputs` one after another on the caller's thread,
/// writes `summary.csv` and `rejects.csv` into the folder `output`, and
/// returns how many rows there were.
///
/// Every row is kept, rejected or a duplicate, and counted as such. `workers`
/// is there so that both pipelines have one signature. No inputs give two
/// files with headers only.
///
/// Nobody ever sees a part of an output: each file takes the place of that of
/// the run before in one step, when all inputs are read. After an error with an
/// input both are as they were, and `output` holds nothing new.
///
/// Memory: rows are not collected, neither good nor rejected ones. It grows
/// with the groups and with the longest row, and not with the number of files
/// or rows, but for a few numbers for each file.
///
/// # Errors
/// When a file cannot be read or written: of that kind, and the message names
/// the file. Of several inputs it is the first in the list.
///
/// # Panics
/// When `workers` is 0.
///
/// # Examples
/// ```
/// use exercise7::process_seq;
/// let folder = tempfile::tempdir()?;
/// let shop = folder.path().join("shop.csv");
/// std::fs::write(&shop, "date,receipt,product,price,quantity\n2026-03-01,1,Bed,99.5,2\n")?;
/// let counts = process_seq(&[shop], folder.path(), 1)?;
/// assert_eq!((counts.rows, counts.kept), (1, 1));
/// let summary = std::fs::read_to_string(folder.path().join("summary.csv"))?;
/// assert_eq!(summary, "month,product,sales,units,cents\n2026-03,bed,1,2,19900\n");
/// # std::io::Result::Ok(())
/// ```
///
/// # Graded
/// `7.3/dirt`, `7.3/tables`, `7.3/output`, `7.3/atomic`, `7.3/memory`
pub fn process_seq(inputs: &[PathBuf], output: &Path, workers: usize) -> io::Result<Counts> {
    // TODO: write the pipeline for one thread.
    todo!("7.3: read {} files into {}, one by one ({workers})", inputs.len(), output.display())
}

/// The same as [`process_seq`], with the files shared out to `workers` threads.
///
/// Both files are the same, byte by byte, for any number of workers and
/// whatever file is read first. Never more than `workers` inputs are open at
/// once. Memory also grows with `workers`.
///
/// # Errors
/// As [`process_seq`].
///
/// # Panics
/// When `workers` is 0.
///
/// # Examples
/// ```
/// use exercise7::process_par;
/// let folder = tempfile::tempdir()?;
/// let shop = folder.path().join("shop.csv");
/// std::fs::write(&shop, "receipt,date,product,quantity,price\n1,2026-03-01,Bed,none,99\n")?;
/// let counts = process_par(&[shop], folder.path(), 2)?;
/// assert_eq!((counts.rows, counts.rejected), (1, 1));
/// let rejects = std::fs::read_to_string(folder.path().join("rejects.csv"))?;
/// assert!(rejects.ends_with("shop.csv,2,quantity malformed,1,2026-03-01,Bed,none,99\n"));
/// # std::io::Result::Ok(())
/// ```
///
/// # Graded
/// `7.3/dirt`, `7.3/tables`, `7.3/output`, `7.3/together`, `7.3/order`,
/// `7.3/atomic`, `7.3/memory`, `7.3/speed`
pub fn process_par(inputs: &[PathBuf], output: &Path, workers: usize) -> io::Result<Counts> {
    // TODO: share the files out to the workers and put the parts together.
    todo!("7.3: read {} files into {} with {workers} workers", inputs.len(), output.display())
}
