//! The input files of question 7.3's workload, and what is compared of its output.

use std::cell::RefCell;
use std::fs;
use std::path::PathBuf;

use records::sales::{Counts, Export, shops, write_files};
use tempfile::TempDir;

use crate::churn;
use timing::first_difference;

/// What is counted, in the order of a digest.
const COUNTED: [&str; 4] = ["rows", "rows kept", "rejected rows", "duplicates"];

const OUTPUTS: [&str; 2] = [SUMMARY, REJECTS];
/// The output with the totals.
pub(crate) const SUMMARY: &str = "summary.csv";
/// The output with the rejected rows.
pub(crate) const REJECTS: &str = "rejects.csv";

/// Rows of one file, about.
const ROWS: usize = 600;

/// So many files are made row by row, which takes longer than reading them.
const TEMPLATES: usize = 10;

/// Rows that stay together when a file is drawn from a template: a repeat
/// mostly stands behind the row that it repeats.
const TOGETHER: usize = 6;

thread_local! {
    /// The folder of the call before. It goes when the next call is prepared,
    /// or with the process: never while the clock runs.
    static LAST: RefCell<Option<TempDir>> = const { RefCell::new(None) };
}

/// The input files of one call in a folder of their own, and where to write.
#[derive(Debug)]
pub struct SalesFiles {
    /// The files of the shops.
    pub inputs: Vec<PathBuf>,
    /// A folder for the outputs.
    pub output: PathBuf,
}

impl SalesFiles {
    /// Writes the files of `shops` shops. No two have the same contents, so
    /// nothing is gained by remembering what became of a file.
    ///
    /// # Panics
    /// When they cannot be written; that is the machine's fault.
    #[must_use]
    pub fn new(seed: u64, shops: u64) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the files of the shops");
        let exports: Vec<Export> = self::shops(seed, TEMPLATES, ROWS, 40).collect();
        let templates: Vec<_> = exports.iter().map(|export| rows_of(&export.bytes)).collect();
        let files: Vec<_> = (0..shops)
            .zip(templates.iter().cycle())
            .map(|(number, template)| drawn_from(template, churn(seed ^ number, 2)))
            .collect();
        let inputs = write_files(folder.path(), files.iter().map(|file| &file[..]))
            .expect("the files can be written");
        let output = folder.path().join("output");
        fs::create_dir(&output).expect("the folder for the outputs can be made");
        LAST.replace(Some(folder));
        Self { inputs, output }
    }

    /// All that a call has made: the counts, and the lines of both files with
    /// their number before them; no lines where there is no file. The folder of
    /// the inputs is left out: it is another one for each call.
    #[must_use]
    pub fn digest(&self, counts: Counts) -> Vec<u64> {
        let folder = self.output.parent().map(|folder| folder.as_os_str().as_encoded_bytes());
        let folder = folder.unwrap_or_default();
        let mut digest = vec![counts.rows, counts.kept, counts.rejected, counts.duplicates];
        for name in OUTPUTS {
            let text = fs::read(self.output.join(name)).ok();
            let lines = text.iter().flat_map(|text| text.split(|&byte| byte == b'\n'));
            let lines = lines.map(|line| fnv(line.strip_prefix(folder).unwrap_or(line)));
            let at = digest.len();
            digest.push(0);
            digest.extend(lines);
            digest[at] = (digest.len() - at - 1) as u64;
        }
        digest
    }
}

/// What is wrong with a digest.
pub(crate) fn difference(expected: &[u64], got: &[u64]) -> String {
    let wrong = COUNTED.iter().zip(expected).zip(got).find(|((_, want), have)| want != have);
    if let Some(((what, expected), got)) = wrong {
        return format!(
            "the counts of a timed call are wrong: {got} {what}, where the sequential version has {expected}."
        );
    }
    let rest = |digest| <[u64]>::get(digest, COUNTED.len()..).unwrap_or_default();
    let (mut expected, mut got) = (rest(expected), rest(got));
    for name in OUTPUTS {
        let (want, have);
        (want, expected) = section(expected);
        (have, got) = section(got);
        if have.is_empty() {
            return format!(
                "a timed call came back before there was a {name}. All must be done when it returns."
            );
        }
        if want != have {
            return format!(
                "the {name} of a timed call is wrong: line {} is not that of the sequential version.",
                first_difference(want, have) + 1
            );
        }
    }
    "the output of a timed call is wrong.".to_owned()
}

/// Takes the lines of one file off a digest.
fn section(digest: &[u64]) -> (&[u64], &[u64]) {
    let Some((&length, rest)) = digest.split_first() else { return (&[], &[]) };
    rest.split_at_checked(usize::try_from(length).unwrap_or(usize::MAX)).unwrap_or((rest, &[]))
}

/// The rows of a file with their line ends, the header first.
fn rows_of(file: &[u8]) -> Vec<&[u8]> {
    let mut quoted = false;
    file.split_inclusive(|&byte| {
        quoted ^= byte == b'"';
        byte == b'\n' && !quoted
    })
    .collect()
}

/// A file of rows that `seed` chooses among those of a template.
fn drawn_from(template: &[&[u8]], seed: u64) -> Vec<u8> {
    // The last row may lack its line end, so it is nobody's.
    let [header, rows @ .., _] = template else { return Vec::new() };
    let starts = rows.len().saturating_sub(TOGETHER) as u64;
    let (mut file, mut drawn) = (header.to_vec(), seed);
    for _ in 0..ROWS / TOGETHER {
        drawn = churn(drawn, 1);
        let start = usize::try_from(drawn % starts.max(1)).unwrap_or_default();
        rows.iter().skip(start).take(TOGETHER).for_each(|row| file.extend(*row));
    }
    file
}

/// A number for a line, without its folder.
fn fnv(line: &[u8]) -> u64 {
    line.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;

    use records::sales::Counts;

    use super::{SalesFiles, difference};
    use crate::sales;

    #[test]
    fn files_repeat_by_seed_and_no_two_are_alike() {
        let files = |seed| {
            let files = SalesFiles::new(seed, 30);
            files.inputs.iter().map(|path| fs::read(path).unwrap()).collect::<Vec<_>>()
        };
        let first = files(7);
        assert_eq!(first, files(7));
        assert_ne!(first, files(8));
        assert_eq!(first.iter().collect::<BTreeSet<_>>().len(), 30);
    }

    #[test]
    fn rows_of_every_fate_are_timed() {
        let [rows, kept, rejected, duplicates, ..] = (sales().sequential)(7, 100, 1)()[..] else {
            panic!()
        };
        assert_eq!(rows, kept + rejected + duplicates);
        assert!(rows >= 50_000 && rejected > 500 && duplicates > 500, "{rejected} {duplicates}");
    }

    #[test]
    fn a_difference_is_told_by_its_place() {
        let files = SalesFiles::new(7, 1);
        let counts = |rows| Counts { rows, kept: rows, ..Counts::default() };
        let write = |name: &str, text| fs::write(files.output.join(name), text).unwrap();
        let missing = files.digest(counts(2));
        write("summary.csv", "a\nb\n");
        let half = files.digest(counts(2));
        write("rejects.csv", "a\nb\n");
        let whole = files.digest(counts(2));
        write("rejects.csv", "a\nc\n");
        for (got, said) in [
            (files.digest(counts(3)), "3 rows, where the sequential version has 2"),
            (missing, "before there was a summary.csv"),
            (half, "before there was a rejects.csv"),
            (files.digest(counts(2)), "the rejects.csv of a timed call is wrong: line 2"),
        ] {
            let message = difference(&whole, &got);
            assert!(message.contains(said), "{message}");
        }
    }
}
