//! What the checks of question 7.3 run, and what must come out.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use exercise7::{process_par, process_seq};
use harness::{Scratch, expect_eq, fail};
use records::sales::{Counts, Export, Fate};

/// The two output files, by name.
pub const OUTPUTS: [&str; 2] = ["rejects.csv", "summary.csv"];

/// One of the two pipelines with a number of workers.
#[derive(Debug, Clone, Copy)]
pub enum Pipeline {
    Sequential,
    Parallel(usize),
}

impl fmt::Display for Pipeline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sequential => f.write_str("process_seq"),
            Self::Parallel(1) => f.write_str("process_par with 1 worker"),
            Self::Parallel(workers) => write!(f, "process_par with {workers} workers"),
        }
    }
}

impl Pipeline {
    /// Calls the student's function.
    pub fn call(self, inputs: &[PathBuf], output: &Path) -> io::Result<Counts> {
        match self {
            Self::Sequential => process_seq(inputs, output, 1),
            Self::Parallel(workers) => process_par(inputs, output, workers),
        }
    }

    /// Runs on `inputs`, which lie in `folder`, into a new folder. Ends the
    /// check after an error, or when anything but the two outputs is left.
    #[track_caller]
    pub fn run(self, folder: &Path, inputs: &[PathBuf]) -> Outputs {
        let output = Scratch::new();
        let counts = self.call(inputs, output.folder()).unwrap_or_else(|error| {
            fail(format!("{self}: got the error \"{error}\", with nothing wrong but rows"))
        });
        expect_eq(
            format_args!("{self}: the files in the folder `output` afterwards"),
            &names_in(output.folder()),
            &OUTPUTS.map(str::to_owned).into(),
        );
        let text = |name: &str| {
            let bytes = fs::read(output.folder().join(name)).unwrap_or_default();
            shown(&bytes).replace(&format!("{}/", folder.display()), "")
        };
        Outputs { counts, rejects: text("rejects.csv"), summary: text("summary.csv") }
    }
}

/// The names in a folder.
pub fn names_in(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).expect("the test's folder can be listed");
    let name = |entry: io::Result<fs::DirEntry>| {
        entry.map(|entry| entry.file_name().to_string_lossy().into_owned())
    };
    entries.map(name).collect::<io::Result<_>>().expect("the test's folder can be listed")
}

/// Bytes as text in which nothing is lost: those that are not UTF-8 are `\xe9`.
fn shown(bytes: &[u8]) -> String {
    let chunk = |chunk: std::str::Utf8Chunk<'_>| {
        format!("{}{}", chunk.valid(), chunk.invalid().escape_ascii())
    };
    bytes.utf8_chunks().map(chunk).collect()
}

/// What a run has to show for itself; the folder of the inputs is left out.
#[derive(Debug, PartialEq, Eq)]
pub struct Outputs {
    pub counts: Counts,
    pub summary: String,
    pub rejects: String,
}

impl Outputs {
    /// What must become of files that are known to the last row.
    pub fn expected(files: &[Export]) -> Self {
        let mut counts = Counts::default();
        let mut groups = BTreeMap::<(&str, &str), (u64, u64, u128)>::new();
        let mut rejects = "file,line,reason,row\n".to_owned();
        for (number, file) in files.iter().enumerate() {
            for fate in &file.fates {
                counts.rows += 1;
                match fate {
                    Fate::Duplicate => counts.duplicates += 1,
                    Fate::Kept { month, product, units, cents } => {
                        counts.kept += 1;
                        let total = groups.entry((month, product)).or_default();
                        *total = (total.0 + 1, total.1 + units, total.2 + cents);
                    }
                    Fate::Rejected { line, reason, fields } => {
                        counts.rejected += 1;
                        let row: Vec<_> =
                            fields.iter().map(|field| quoted(&shown(field))).collect();
                        let row = row.join(",");
                        rejects.push_str(&format!("shop-{number:03}.csv,{line},{reason},{row}\n"));
                    }
                }
            }
        }
        let mut summary = "month,product,sales,units,cents\n".to_owned();
        for ((month, product), (sales, units, cents)) in groups {
            summary.push_str(&format!("{month},{},{sales},{units},{cents}\n", quoted(product)));
        }
        Self { counts, summary, rejects }
    }

    /// Ends the check where `self`, which came of `what`, is not as expected.
    #[track_caller]
    pub fn expect(&self, what: impl fmt::Display, want: &Self) {
        let Counts { rows, kept, rejected, duplicates } = self.counts;
        if rows == want.counts.rows && rows != kept + rejected + duplicates {
            fail(format!(
                "{what}: {rows} rows were read, but {kept} kept, {rejected} rejected and \
                 {duplicates} duplicates make {}: no row may get lost.",
                kept + rejected + duplicates
            ));
        }
        expect_eq(format_args!("{what}: the counts"), &self.counts, &want.counts);
        expect_eq(format_args!("{what}: rejects.csv"), &self.rejects, &want.rejects);
        expect_eq(format_args!("{what}: summary.csv"), &self.summary, &want.summary);
    }
}

fn quoted(field: &str) -> String {
    if field.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}
