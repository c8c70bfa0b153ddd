//! Checks of question 7.3: many CSV files.

use std::fs;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use harness::proptest::prelude::*;
use harness::{
    Gate, InFlight, NamedPipe, Rendezvous, Scratch, checks, expect, expect_eq, fail, heap, needed,
    property, seed, snapshot, threads_now,
};
use records::sales::{Counts, Export, Kind, Style, export, shops, write_files};

// Modules of this question alone: they go with it when it is not built.
#[path = "dirt.rs"]
mod dirt;
#[path = "prices.rs"]
mod prices;
#[path = "shops.rs"]
mod shops;
#[path = "whole.rs"]
mod whole;

use dirt::{CASES, Case};
use harness::crew::Chance;
use shops::{Outputs, Pipeline};

checks! {
    "7.3/cents" => prices::prices_are_exact,
    "7.3/dirt" => each_kind_of_dirt,
    "7.3/tables" => no_row_gets_lost,
    "7.3/output" => the_outputs_agreed_on,
    "7.3/together" => files_are_read_together,
    "7.3/order" => the_order_of_reading_does_not_matter,
    "7.3/atomic" => whole::outputs_are_whole_or_not_there,
    "7.3/memory" => memory_does_not_grow,
}

fn each_kind_of_dirt() {
    for pipeline in [Pipeline::Sequential, Pipeline::Parallel(2)] {
        for Case { what, file, counts: [rows, kept, rejected, duplicates], summary, rejects } in
            CASES
        {
            let scratch = Scratch::new();
            let shop = scratch.folder().join("shop");
            needed(fs::write(&shop, file), "the test's file cannot be written");
            let want = Outputs {
                counts: Counts {
                    rows: *rows,
                    kept: *kept,
                    rejected: *rejected,
                    duplicates: *duplicates,
                },
                summary: format!("month,product,sales,units,cents\n{summary}"),
                rejects: format!("file,line,reason,row\n{rejects}"),
            };
            let got = pipeline.run(scratch.folder(), &[shop]);
            got.expect(format_args!("{pipeline}: {what}"), &want);
        }
    }
    let row = |number| format!("{number},2026-03-01,Bed,1,1\n");
    let text: String = (1..=70_000).map(row).collect();
    let text = format!("receipt,date,product,quantity,price\n{text}x,soon,Bed,1,1\n");
    let scratch = Scratch::new();
    let shop = scratch.folder().join("shop");
    needed(fs::write(&shop, text), "the test's file cannot be written");
    let want = Outputs {
        counts: Counts { rows: 70_001, kept: 70_000, rejected: 1, duplicates: 0 },
        summary: "month,product,sales,units,cents\n2026-03,bed,70000,70000,7000000\n".to_owned(),
        rejects: "file,line,reason,row\nshop,70002,date malformed,x,soon,Bed,1,1\n".to_owned(),
    };
    let got = Pipeline::Sequential.run(scratch.folder(), &[shop]);
    got.expect(format_args!("process_seq: a bad row behind 70 000 good ones"), &want);
}

/// Writes the files, runs a pipeline on them and compares all it has made.
#[track_caller]
fn expect_outputs(pipeline: Pipeline, files: &[Export], want: &Outputs) -> Outputs {
    let scratch = Scratch::new();
    let inputs = needed(
        write_files(scratch.folder(), files.iter().map(|file| &file.bytes[..])),
        "the test's files cannot be written",
    );
    let got = pipeline.run(scratch.folder(), &inputs);
    let texts: Vec<_> = files.iter().map(|file| String::from_utf8_lossy(&file.bytes)).collect();
    got.expect(format_args!("{pipeline}: the files {texts:?}"), want);
    got
}

fn no_row_gets_lost() {
    let kind = prop_oneof![
        4 => Just(Kind::Sale),
        2 => Just(Kind::Repeat),
        3 => prop::sample::select(&Kind::BAD[..]),
    ];
    let style = (any::<[bool; 4]>(), 0..5_usize, prop::option::weighted(0.1, 0..5_usize)).prop_map(
        |([mark, crlf, open_end, remarks], turn, without)| Style {
            mark,
            crlf,
            open_end,
            remarks,
            turn,
            without,
        },
    );
    let file = (style, prop::collection::vec(kind, 0..8), 0..1000_u64)
        .prop_map(|(style, kinds, seed)| export(seed, style, &kinds));
    let inputs = (prop::collection::vec(file, 0..5), 1..=6_usize);
    property(60, inputs, |(files, workers)| {
        let want = Outputs::expected(&files);
        let sequential = expect_outputs(Pipeline::Sequential, &files, &want);
        let parallel = expect_outputs(Pipeline::Parallel(workers), &files, &want);
        expect(sequential == parallel, "both pipelines must write the same bytes");
    });
}

fn the_outputs_agreed_on() {
    let files: Vec<_> = shops(7, 120, 6, 12).collect();
    let scratch = Scratch::new();
    let inputs = needed(
        write_files(scratch.folder(), files.iter().map(|file| &file.bytes[..])),
        "the test's files cannot be written",
    );
    for pipeline in [Pipeline::Sequential, Pipeline::Parallel(3)] {
        let Outputs { counts, summary, rejects } = pipeline.run(scratch.folder(), &inputs);
        snapshot("shops", &format!("{counts:?}\n\n{summary}\n{rejects}"));
    }
}

/// A file that is good for one row in the summary and one in the reject file.
const TWO_ROWS: &[u8] =
    b"receipt,date,product,quantity,price\n1,2026-03-01,Bed,2,99.50\n2,2026-03-01,Bed,x,1\n";

/// A shop's file as a named pipe, which holds two rows once `ready` returns.
/// `ready` is called when somebody begins to read.
fn pipe(ready: impl FnOnce() + Send + 'static) -> NamedPipe {
    NamedPipe::new(move |pipe| {
        ready();
        pipe.write_all(TWO_ROWS)
    })
    .expect("a named pipe can be made")
}

fn paths_of(pipes: &[NamedPipe]) -> Vec<PathBuf> {
    pipes.iter().map(|pipe| pipe.path().to_owned()).collect()
}

/// The number of rows in so many files with [`TWO_ROWS`].
fn counts_of(files: u64) -> Counts {
    Counts { rows: 2 * files, kept: files, rejected: files, duplicates: 0 }
}

fn files_are_read_together() {
    let output = Scratch::new();
    for workers in [4, 19] {
        let meeting = Arc::new(Rendezvous::new(workers));
        let open = Arc::new(InFlight::new());
        let pipes: Vec<_> = (0..workers)
            .map(|_| {
                let (meeting, open) = (Arc::clone(&meeting), Arc::clone(&open));
                pipe(move || {
                    let _open = open.enter();
                    meeting.meet();
                })
            })
            .collect();
        let counts = Pipeline::Parallel(workers).call(&paths_of(&pipes), output.folder());
        if catch_unwind(AssertUnwindSafe(|| meeting.assert_met())).is_err() {
            fail(format!(
                "process_par with {workers} workers: expected {workers} files to be read at the same time, but there \
                 were never more than {}. Each worker must read files of its own while the others read theirs.",
                open.peak()
            ));
        }
        expect_eq(
            format_args!("process_par with {workers} workers: the counts"),
            &counts.ok(),
            &Some(counts_of(workers as u64)),
        );
    }
    for workers in [3, 1] {
        let open = Arc::new(InFlight::new());
        let surplus = Arc::new(Chance::default());
        let pipes: Vec<_> = (0..3 * workers)
            .map(|_| {
                let (open, surplus) = (Arc::clone(&open), Arc::clone(&surplus));
                pipe(move || {
                    let _open = open.enter();
                    surplus.wait(|| open.now() > workers);
                })
            })
            .collect();
        let counts = Pipeline::Parallel(workers).call(&paths_of(&pipes), output.folder());
        expect(
            open.peak() <= workers,
            format_args!(
                "process_par with {workers} worker(s) had {} files open at once: with thousands of files it \
                 would run out of handles and memory. A worker finishes a file before it opens the next.",
                open.peak()
            ),
        );
        expect_eq(
            format_args!("process_par with {workers} worker(s): the counts"),
            &counts.ok(),
            &Some(counts_of(3 * workers as u64)),
        );
    }
    for pipeline in [Pipeline::Parallel(4), Pipeline::Sequential] {
        let counts = pipeline.call(&[], output.folder());
        expect_eq(
            format_args!("{pipeline}: the counts of no files"),
            &counts.ok(),
            &Some(counts_of(0)),
        );
    }
    the_sequential_one_has_no_threads();
    let par = catch_unwind(|| exercise7::process_par(&[], output.folder(), 0).ok());
    let seq = catch_unwind(|| exercise7::process_seq(&[], output.folder(), 0).ok());
    for (name, outcome) in [("process_par", par), ("process_seq", seq)] {
        let rule = "with 0 workers must panic: nobody would read the files";
        expect(outcome.is_err(), format_args!("{name} {rule}"));
    }
}

fn the_sequential_one_has_no_threads() {
    let threads = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&threads);
    let pipe = pipe(move || count.store(threads_now(), Ordering::SeqCst));
    let inputs = [pipe.path().to_owned()];
    let output = Scratch::new();
    // With that of the pipe, which is there from the beginning.
    let before = threads_now();
    let counts = Pipeline::Sequential.call(&inputs, output.folder());
    expect_eq("process_seq of one file: the counts", &counts.ok(), &Some(counts_of(1)));
    let during = threads.load(Ordering::SeqCst);
    expect(
        during <= before,
        format_args!(
            "process_seq: while it read a file there were {during} threads in the process, and {before} \
             before. It works on the caller's thread alone."
        ),
    );
}

fn the_order_of_reading_does_not_matter() {
    // Whoever begins with file 2 has done with file 1, as another worker
    // stands at file 0: so file 0 is the last of the first two.
    let gate = Arc::new(Gate::new());
    let (wait, open) = (Arc::clone(&gate), Arc::clone(&gate));
    let pipes = [pipe(move || _ = wait.wait()), pipe(|| {}), pipe(move || open.open())];
    let inputs = paths_of(&pipes);
    let output = Scratch::new();
    let counts = Pipeline::Parallel(2).call(&inputs, output.folder());
    expect_eq("process_par with 2 workers: the counts", &counts.ok(), &Some(counts_of(3)));
    let read = |name: &str| fs::read_to_string(output.folder().join(name)).unwrap_or_default();
    let mut got = read("rejects.csv");
    for (number, path) in inputs.iter().enumerate() {
        got = got.replace(&path.display().to_string(), &format!("file {number}"));
    }
    expect_eq(
        "process_par with 2 workers, where file 1 is read before file 0: rejects.csv",
        got.as_str(),
        "file,line,reason,row\nfile 0,3,quantity malformed,2,2026-03-01,Bed,x,1\n\
         file 1,3,quantity malformed,2,2026-03-01,Bed,x,1\nfile 2,3,quantity malformed,2,2026-03-01,Bed,x,1\n",
    );
    expect_eq(
        "process_par with 2 workers, where file 1 is read before file 0: summary.csv",
        read("summary.csv").as_str(),
        "month,product,sales,units,cents\n2026-03,bed,3,6,59700\n",
    );
}

fn memory_does_not_grow() {
    // First more files, then longer ones; half of the rows are kept, a quarter
    // is rejected.
    let prepare = |rows: u64| {
        let (files, each) = match rows {
            2_000 => (4, 500),
            24_000 => (48, 500),
            _ => (4, 12_000),
        };
        let scratch = Scratch::new();
        let write = |(number, file): (usize, Export)| {
            let path = scratch.folder().join(format!("shop-{number:03}.csv"));
            fs::write(&path, file.bytes).map(|()| path)
        };
        let inputs: io::Result<Vec<_>> =
            shops(seed(), files, each, 4).enumerate().map(write).collect();
        (inputs.expect("the test's files can be written"), scratch, Scratch::new())
    };
    heap::measure("rows", &[2_000, 24_000, 48_000], prepare, |(inputs, _, output)| {
        // One worker, so that the figures repeat: with more they depend on which
        // files meet.
        for pipeline in [Pipeline::Sequential, Pipeline::Parallel(1)] {
            let counts = pipeline.call(inputs, output.folder());
            let counts =
                counts.unwrap_or_else(|error| fail(format!("{pipeline}: got the error {error}")));
            expect(counts.rejected > 0, format_args!("{pipeline}: rows must be rejected here"));
        }
    });
}
