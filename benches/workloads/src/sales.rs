//! Question 7.3's workload: many CSV files, read from disk and written back.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::ops::Range;
use std::path::Path;
use std::sync::atomic::AtomicUsize;

use csv::{ByteRecord, ReaderBuilder, Writer, WriterBuilder};
use records::sales::{COLUMNS, Counts, Reason};

use crate::sales_files::{REJECTS, SUMMARY, SalesFiles, difference};
use timing::crew::turns;
use timing::{Call, Means, Workload, equal};

/// The workload of question 7.3.
#[must_use]
pub fn sales() -> Workload {
    Workload {
        question: "7.3",
        about: "process_par over the CSV files of many shops",
        sizes: 100..=120,
        means: Means::Cores { max_threads: 4, serial_fraction: 0.12 },
        sequential,
        kernel,
        agrees: equal,
        difference,
    }
}

fn sequential(seed: u64, size: u64, _threads: usize) -> Call {
    let files = SalesFiles::new(seed, size);
    Box::new(move || {
        let run = || {
            let mut part = Part::new(&files.output.join(DRAFT))?;
            part.rejects.write_record(HEADER)?;
            files.inputs.iter().try_for_each(|path| part.read(path))?;
            part.rejects.flush()?;
            publish(&files.output, part)
        };
        files.digest(run().expect("the kit's own pipeline runs"))
    })
}

/// What a worker has read, and where the rejected rows of each file stand.
type Done = (Part, Vec<(usize, Range<u64>)>);

/// Workers that take the next file from one counter.
fn kernel(seed: u64, size: u64, threads: usize) -> Call {
    let files = SalesFiles::new(seed, size);
    Box::new(move || files.digest(parallel(&files, threads).expect("the kit's own pipeline runs")))
}

fn parallel(files: &SalesFiles, threads: usize) -> io::Result<Counts> {
    let next = AtomicUsize::new(0);
    let spill = |worker: usize| files.output.join(format!("worker-{worker}"));
    let work = |worker: usize| -> io::Result<Done> {
        let (mut part, mut ends) = (Part::new(&spill(worker))?, Vec::new());
        let mut start = 0;
        for (index, path) in turns(&next, &files.inputs) {
            part.read(path)?;
            part.rejects.flush()?;
            let end = part.rejects.get_ref().metadata()?.len();
            ends.push((index, start..end));
            start = end;
        }
        Ok((part, ends))
    };
    let parts: Vec<_> = std::thread::scope(|scope| {
        let work = &work;
        let crew: Vec<_> = (0..threads).map(|worker| scope.spawn(move || work(worker))).collect();
        let gone = |_| Err(io::Error::other("a worker panicked"));
        crew.into_iter().map(|worker| worker.join().unwrap_or_else(gone)).collect::<io::Result<_>>()
    })?;
    let mut all = Part::new(&files.output.join(DRAFT))?;
    all.rejects.write_record(HEADER)?;
    all.rejects.flush()?;
    let mut pieces = Vec::new();
    for (worker, (part, ends)) in parts.into_iter().enumerate() {
        all.add(part);
        pieces.extend(ends.into_iter().map(|(index, bytes)| (index, worker, bytes)));
    }
    pieces.sort_unstable_by_key(|&(index, ..)| index);
    let mut spilled =
        (0..threads).map(|worker| File::open(spill(worker))).collect::<io::Result<Vec<_>>>()?;
    for (_, worker, bytes) in pieces {
        let mut piece = (&mut spilled[worker]).take(bytes.end - bytes.start);
        io::copy(&mut piece, &mut all.rejects.get_ref())?;
    }
    (0..threads).try_for_each(|worker| fs::remove_file(spill(worker)))?;
    publish(&files.output, all)
}

const DRAFT: &str = "draft.csv";
const HEADER: [&str; 4] = ["file", "line", "reason", "row"];

/// What has been made of some files: groups by month and product, as one text.
struct Part {
    counts: Counts,
    groups: BTreeMap<String, [u128; 3]>,
    rejects: Writer<File>,
}

/// Receipt, date, product, quantity and cents.
type Sale = (String, String, String, u64, u64);

impl Part {
    fn new(rejects: &Path) -> io::Result<Self> {
        let rejects = WriterBuilder::new().flexible(true).from_path(rejects)?;
        Ok(Self { counts: Counts::default(), groups: BTreeMap::new(), rejects })
    }

    fn read(&mut self, path: &Path) -> io::Result<()> {
        let mut reader = ReaderBuilder::new().flexible(true).from_path(path)?;
        let header = reader.byte_headers()?;
        let (mut line, width) = (line_ends(header) + 1, header.len());
        let mut places = [0; COLUMNS.len()];
        let mut absent = None;
        for (place, column) in places.iter_mut().zip(COLUMNS) {
            match header.iter().position(|name| name.trim_ascii() == column.as_bytes()) {
                Some(at) => *place = at,
                None => absent = absent.or(Some(Reason::NoColumn(column))),
            }
        }
        let (mut record, mut key) = (ByteRecord::new(), String::new());
        let mut last = Sale::default();
        while reader.read_byte_record(&mut record)? {
            line += 1;
            self.counts.rows += 1;
            match absent.map_or_else(|| clean(&record, places, width), Err) {
                Ok(sale) if sale == last => self.counts.duplicates += 1,
                Ok(sale) => {
                    self.counts.kept += 1;
                    key.clear();
                    key.push_str(&sale.1[..7]);
                    key.push_str(&sale.2);
                    let units = u128::from(sale.3);
                    let more = [1, units, units * u128::from(sale.4)];
                    match self.groups.get_mut(&key) {
                        Some(total) => add(total, more),
                        None => _ = self.groups.insert(key.clone(), more),
                    }
                    last = sale;
                }
                Err(reason) => {
                    self.counts.rejected += 1;
                    let front = [path.display().to_string(), line.to_string(), reason.to_string()];
                    let front = front.iter().map(String::as_bytes);
                    self.rejects.write_record(front.chain(&record))?;
                }
            }
            line += line_ends(&record);
        }
        Ok(())
    }

    fn add(&mut self, other: Self) {
        let (counts, more) = (&mut self.counts, other.counts);
        counts.rows += more.rows;
        counts.kept += more.kept;
        counts.rejected += more.rejected;
        counts.duplicates += more.duplicates;
        for (key, more) in other.groups {
            add(self.groups.entry(key).or_default(), more);
        }
    }
}

fn add(total: &mut [u128; 3], more: [u128; 3]) {
    total.iter_mut().zip(more).for_each(|(total, more)| *total += more);
}

fn clean(record: &ByteRecord, places: [usize; 5], width: usize) -> Result<Sale, Reason> {
    if !record.iter().all(|field| std::str::from_utf8(field).is_ok()) {
        return Err(Reason::NotUtf8);
    }
    if record.len() != width {
        return Err(Reason::Fields { expected: width, found: record.len() });
    }
    let text = |column: usize| {
        let text = std::str::from_utf8(&record[places[column]]).unwrap_or_default().trim();
        if text.is_empty() { Err(Reason::Missing(COLUMNS[column])) } else { Ok(text) }
    };
    let malformed = |column: usize| Reason::Malformed(COLUMNS[column]);
    let (receipt, date) = (text(0)?, text(1)?);
    let within = |range: Range<usize>, most: u64| {
        date.get(range).and_then(digits).is_some_and(|number| (1..=most).contains(&number))
    };
    let is_date = date.len() == 10
        && date.get(..4).and_then(digits).is_some()
        && [4, 7].iter().all(|&at| date.as_bytes()[at] == b'-')
        && within(5..7, 12)
        && within(8..10, 31);
    if !is_date {
        return Err(malformed(1));
    }
    let product = text(2)?.to_lowercase();
    let units = digits(text(3)?).filter(|units| (1..=9999).contains(units)).ok_or(malformed(3))?;
    let cents = cents(text(4)?).ok_or(malformed(4))?;
    Ok((receipt.to_owned(), date.to_owned(), product, units, cents))
}

fn cents(price: &str) -> Option<u64> {
    let (whole, part) = price.split_once('.').unwrap_or((price, "00"));
    let unit = match part.len() {
        1 => 10,
        2 => 1,
        _ => return None,
    };
    let whole = digits(whole).filter(|_| whole.len() <= 15)?;
    Some(whole * 100 + digits(part)? * unit)
}

fn digits(text: &str) -> Option<u64> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

fn line_ends(record: &ByteRecord) -> u64 {
    record.as_slice().iter().map(|&byte| u64::from(byte == b'\n')).sum()
}

fn publish(output: &Path, part: Part) -> io::Result<Counts> {
    let draft = output.join("draft-summary.csv");
    let mut writer = Writer::from_path(&draft)?;
    writer.write_record(["month", "product", "sales", "units", "cents"])?;
    for (key, total) in &part.groups {
        let (month, product) = key.split_at(7);
        let [sales, units, cents] = total.map(|number| number.to_string());
        writer.write_record([month, product, &sales, &units, &cents])?;
    }
    writer.flush()?;
    fs::rename(output.join(DRAFT), output.join(REJECTS))?;
    fs::rename(draft, output.join(SUMMARY))?;
    Ok(part.counts)
}
