//! Question 7.3: many CSV files, cleaned, transformed, aggregated and written.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read, Seek};
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use csv::{ByteRecord, ReaderBuilder, Writer, WriterBuilder};
use records::sales::{COLUMNS, Counts, Reason};
use tempfile::TempDir;

/// The cents of a price; nothing where the text is no price.
///
/// The number of digits is looked at before they are read, so nothing can
/// overflow, and no float comes near the money.
#[must_use]
pub fn parse_cents(price: &str) -> Option<u64> {
    let (whole, part) = price.split_once('.').unwrap_or((price, "00"));
    if !(1..=15).contains(&whole.len()) || !(1..=2).contains(&part.len()) {
        return None;
    }
    let unit = if part.len() == 1 { 10 } else { 1 };
    Some(parse_digits(whole)? * 100 + parse_digits(part)? * unit)
}

/// The pipeline on one thread: the oracle of the parallel one.
///
/// Rejected rows go straight into their file, as they come in order.
pub fn process_seq(inputs: &[PathBuf], output: &Path, workers: usize) -> io::Result<Counts> {
    assert!(workers > 0, "a pipeline needs at least one worker");
    let draft = draft_in(output)?;
    let mut share = Share::create(draft.path().join(REJECTS))?;
    named(&share.path, share.rejects.write_record(REJECTS_HEADER).map_err(io_error))?;
    for path in inputs {
        read_file(&mut share, path)?;
    }
    named(&share.path, share.rejects.flush())?;
    publish(&draft, output, &share.groups)?;
    Ok(share.counts)
}

/// The same on `workers` threads.
///
/// The files are the tasks, and a counter hands them out: with no queue,
/// nothing piles up in one. Every worker adds up a share of its own; integers
/// give the same sum in any order. For rejected rows order matters, so each
/// worker writes its own to disk, and the pieces are strung together by the
/// number of their input. Keeping them in memory would save that copy, and
/// would need room for all bad rows.
pub fn process_par(inputs: &[PathBuf], output: &Path, workers: usize) -> io::Result<Counts> {
    assert!(workers > 0, "a pipeline needs at least one worker");
    let draft = draft_in(output)?;
    let shares = (0..workers.min(inputs.len()))
        .map(|worker| Share::create(draft.path().join(format!("worker-{worker}.csv"))))
        .collect::<io::Result<Vec<_>>>()?;
    let taken = AtomicUsize::new(0);
    let work = |mut share: Share| {
        loop {
            // Relaxed: the counter only gives each file to one worker; the
            // shares are handed over by `join`.
            let index = taken.fetch_add(1, Ordering::Relaxed);
            let Some(path) = inputs.get(index) else { return Ok(share) };
            if let Err(error) = read_part(&mut share, index, path) {
                // All files before this one are taken already, so of several
                // errors the first in the list is among those that are found.
                taken.store(inputs.len(), Ordering::Relaxed);
                return Err((index, error));
            }
        }
    };
    let outcomes: Vec<Result<Share, (usize, io::Error)>> = std::thread::scope(|scope| {
        let crew: Vec<_> = shares.into_iter().map(|share| scope.spawn(|| work(share))).collect();
        let join = |worker: std::thread::ScopedJoinHandle<_>| {
            worker.join().unwrap_or_else(|panic| resume_unwind(panic))
        };
        crew.into_iter().map(join).collect()
    });
    let (mut shares, mut errors) = (Vec::new(), Vec::new());
    for outcome in outcomes {
        match outcome {
            Ok(share) => shares.push(share),
            Err(error) => errors.push(error),
        }
    }
    if let Some((_, error)) = errors.into_iter().min_by_key(|&(index, _)| index) {
        return Err(error);
    }
    named(output, string_together(&draft, &shares).map_err(io_error))?;
    let (counts, groups) = merge(shares);
    publish(&draft, output, &groups)?;
    Ok(counts)
}

const SUMMARY: &str = "summary.csv";
const SUMMARY_HEADER: [&str; 5] = ["month", "product", "sales", "units", "cents"];
const REJECTS: &str = "rejects.csv";
const REJECTS_HEADER: [&str; 4] = ["file", "line", "reason", "row"];

/// What was sold of one product in one month.
#[derive(Debug, Default)]
struct Total {
    sales: u64,
    units: u64,
    cents: u128,
}

impl Total {
    fn of(sale: &Sale) -> Self {
        let cents = u128::from(sale.units) * u128::from(sale.cents);
        Self { sales: 1, units: sale.units, cents }
    }

    fn add(&mut self, other: &Self) {
        self.sales += other.sales;
        self.units += other.units;
        self.cents += other.cents;
    }

    fn fields(&self) -> [String; 3] {
        [self.sales.to_string(), self.units.to_string(), self.cents.to_string()]
    }
}

/// By month and product in one text: the month always has [`MONTH`] bytes, so
/// the texts sort like the pairs, and a lookup needs no new ones.
type Groups = BTreeMap<String, Total>;

const MONTH: usize = "2026-03".len();

/// A row after cleaning.
#[derive(Debug, Default, PartialEq)]
struct Sale {
    receipt: String,
    date: String,
    product: String,
    units: u64,
    cents: u64,
}

/// What one worker has made of its files.
struct Share {
    counts: Counts,
    groups: Groups,
    /// Where the rejected rows go.
    path: PathBuf,
    rejects: Writer<File>,
    /// Number of the input and bytes of its rejected rows, in the order of `path`.
    parts: Vec<(usize, u64)>,
}

impl Share {
    /// A share without rows, whose rejected ones go to a new file at `path`.
    fn create(path: PathBuf) -> io::Result<Self> {
        let file = named(&path, File::create(&path))?;
        Ok(Self {
            counts: Counts::default(),
            groups: Groups::new(),
            path,
            // Rows have as many fields as they have.
            rejects: WriterBuilder::new().flexible(true).from_writer(file),
            parts: Vec::new(),
        })
    }

    /// Adds a sale to its group; `key` is only there to be used again.
    fn add(&mut self, sale: &Sale, key: &mut String) {
        key.clear();
        key.push_str(&sale.date[..MONTH]);
        key.push_str(&sale.product);
        match self.groups.get_mut(key) {
            Some(total) => total.add(&Total::of(sale)),
            None => _ = self.groups.insert(key.clone(), Total::of(sale)),
        }
    }
}

/// Writes a row into the reject file, as it was read.
fn reject(share: &mut Share, front: &[String], row: &ByteRecord) -> io::Result<()> {
    let fields = front.iter().map(String::as_bytes).chain(row);
    named(&share.path, share.rejects.write_record(fields).map_err(io_error))
}

/// Reads one file, row by row: the stages of the pipeline in one loop.
fn read_file(share: &mut Share, path: &Path) -> io::Result<()> {
    let file = named(path, File::open(path))?;
    // The reader takes a byte-order mark away by itself.
    let mut reader = ReaderBuilder::new().flexible(true).from_reader(file);
    let header = named(path, reader.byte_headers().map_err(io_error))?;
    let layout = layout_of(header);
    let mut line = 1 + line_ends(header);
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

/// Reads the file number `index` and notes how many bytes were rejected.
fn read_part(share: &mut Share, index: usize, path: &Path) -> io::Result<()> {
    let written = |share: &Share| named(&share.path, share.rejects.get_ref().stream_position());
    let start = written(share)?;
    read_file(share, path)?;
    named(&share.path, share.rejects.flush())?;
    let end = written(share)?;
    if end > start {
        share.parts.push((index, end - start));
    }
    Ok(())
}

/// Where the columns stand in one file, and how many fields its rows have.
struct Layout {
    places: [usize; COLUMNS.len()],
    width: usize,
}

fn layout_of(header: &ByteRecord) -> Result<Layout, Reason> {
    let mut places = [0; COLUMNS.len()];
    for (place, column) in places.iter_mut().zip(COLUMNS) {
        let is_here = |name| std::str::from_utf8(name).is_ok_and(|name| name.trim() == column);
        *place = header.iter().position(is_here).ok_or(Reason::NoColumn(column))?;
    }
    Ok(Layout { places, width: header.len() })
}

/// The sale in a row, or the first reason why there is none.
fn clean(layout: &Layout, row: &ByteRecord) -> Result<Sale, Reason> {
    if !row.iter().all(|field| std::str::from_utf8(field).is_ok()) {
        return Err(Reason::NotUtf8);
    }
    if row.len() != layout.width {
        return Err(Reason::Fields { expected: layout.width, found: row.len() });
    }
    let text = |column: usize| {
        let text = std::str::from_utf8(&row[layout.places[column]]).unwrap_or_default().trim();
        if text.is_empty() { Err(Reason::Missing(COLUMNS[column])) } else { Ok(text) }
    };
    let malformed = |column: usize| Reason::Malformed(COLUMNS[column]);
    let receipt = text(0)?;
    let date = Some(text(1)?).filter(|date| is_date(date)).ok_or(malformed(1))?;
    let product = text(2)?.to_lowercase();
    let units = parse_digits(text(3)?).filter(|units| (1..=9999).contains(units));
    let units = units.ok_or(malformed(3))?;
    let cents = parse_cents(text(4)?).ok_or(malformed(4))?;
    Ok(Sale { receipt: receipt.to_owned(), date: date.to_owned(), product, units, cents })
}

/// A number made of digits alone: `parse` would also take a sign.
fn parse_digits(text: &str) -> Option<u64> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

fn is_date(text: &str) -> bool {
    let shape = b"dddd-dd-dd";
    let fits = |(byte, &shape): (u8, &u8)| {
        if shape == b'd' { byte.is_ascii_digit() } else { byte == shape }
    };
    text.len() == shape.len()
        && text.bytes().zip(shape).all(fits)
        && parse_digits(&text[5..7]).is_some_and(|month| (1..=12).contains(&month))
        && parse_digits(&text[8..]).is_some_and(|day| (1..=31).contains(&day))
}

fn line_ends(record: &ByteRecord) -> u64 {
    record.as_slice().iter().map(|&byte| u64::from(byte == b'\n')).sum()
}

/// A folder inside `output`, on the same disk as the finished files will be.
/// It goes away with its contents, also after an error or a panic.
fn draft_in(output: &Path) -> io::Result<TempDir> {
    named(output, tempfile::Builder::new().prefix(".draft-").tempdir_in(output))
}

/// Writes the summary, then gives both files their names. That takes one step
/// for each: nobody ever sees half a file. A crash between the two leaves the
/// new reject file beside the old summary.
fn publish(draft: &TempDir, output: &Path, groups: &Groups) -> io::Result<()> {
    let summary = draft.path().join(SUMMARY);
    named(&summary, write_summary(&summary, groups).map_err(io_error))?;
    for name in [REJECTS, SUMMARY] {
        let (whole, target) = (draft.path().join(name), output.join(name));
        named(&target, fs::rename(whole, &target))?;
    }
    Ok(())
}

fn write_summary(path: &Path, groups: &Groups) -> csv::Result<()> {
    let mut writer = Writer::from_path(path)?;
    writer.write_record(SUMMARY_HEADER)?;
    for (key, total) in groups {
        let (month, product) = key.split_at(MONTH);
        let [sales, units, cents] = total.fields();
        writer.write_record([month, product, &sales, &units, &cents])?;
    }
    Ok(writer.flush()?)
}

/// Makes the reject file out of the workers' pieces, in the order of the inputs.
fn string_together(draft: &TempDir, shares: &[Share]) -> csv::Result<()> {
    let mut rejects = Writer::from_path(draft.path().join(REJECTS))?;
    rejects.write_record(REJECTS_HEADER)?;
    let mut rejects = rejects.into_inner().map_err(|error| error.into_error())?;
    let mut pieces =
        shares.iter().map(|share| File::open(&share.path)).collect::<io::Result<Vec<_>>>()?;
    let mut parts: Vec<_> = shares
        .iter()
        .enumerate()
        .flat_map(|(worker, share)| {
            share.parts.iter().map(move |&(index, length)| (index, worker, length))
        })
        .collect();
    parts.sort_unstable();
    for (_, worker, length) in parts {
        io::copy(&mut (&mut pieces[worker]).take(length), &mut rejects)?;
    }
    Ok(())
}

fn merge(shares: Vec<Share>) -> (Counts, Groups) {
    let (mut counts, mut groups) = (Counts::default(), Groups::new());
    for share in shares {
        counts.rows += share.counts.rows;
        counts.kept += share.counts.kept;
        counts.rejected += share.counts.rejected;
        counts.duplicates += share.counts.duplicates;
        for (key, total) in share.groups {
            groups.entry(key).or_default().add(&total);
        }
    }
    (counts, groups)
}

/// An error that says which file it is about.
fn named<T>(path: &Path, result: io::Result<T>) -> io::Result<T> {
    result.map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))
}

/// The error below the reader's or writer's own: `From` would hide its kind.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}
