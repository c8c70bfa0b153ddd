//! Checks of question 7.3 on its outputs: whole, or not there at all.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use harness::{FileEvent, FolderWatch, Scratch, expect, expect_eq, fail, needed};

use super::shops::{OUTPUTS, Pipeline, names_in};
use super::{TWO_ROWS, counts_of, pipe};

/// Puts two files of an earlier run into a new folder.
fn old_outputs() -> Scratch {
    let output = Scratch::new();
    for name in OUTPUTS {
        fs::write(output.folder().join(name), format!("the {name} of yesterday\n"))
            .expect("the test's file can be written");
    }
    output
}

/// What is wrong with the outputs of yesterday, if anything.
fn damage(output: &Path) -> Option<String> {
    OUTPUTS.into_iter().find_map(|name| {
        let text = fs::read_to_string(output.join(name)).unwrap_or_default();
        let is_old = text == format!("the {name} of yesterday\n");
        (!is_old).then(|| format!("{name}, of which {} bytes are there", text.len()))
    })
}

/// Ends the check unless the run fails, names `culprit`, and leaves no trace.
#[track_caller]
fn expect_failure(
    pipeline: Pipeline,
    what: &str,
    inputs: &[PathBuf],
    culprit: &Path,
    kind: ErrorKind,
) {
    let output = old_outputs();
    let Err(error) = pipeline.call(inputs, output.folder()) else {
        fail(format!("{pipeline}: {what} is an error, but the call came back without one."))
    };
    expect_eq(format_args!("{pipeline}: {what}: the kind of the error"), &error.kind(), &kind);
    expect(
        error.to_string().contains(&culprit.display().to_string()),
        format_args!(
            "{pipeline}: {what}: the error says \"{error}\". Among a hundred files nobody can tell \
             which one that is: name it."
        ),
    );
    if let Some(damage) = damage(output.folder()) {
        fail(format!(
            "{pipeline}: {what}: after the error the output of the run before is gone: {damage}. \
             Write under another name and rename when all is done."
        ));
    }
    expect_eq(
        format_args!("{pipeline}: {what}: the files in the folder `output` after the error"),
        &names_in(output.folder()),
        &OUTPUTS.map(str::to_owned).into(),
    );
}

/// The check `7.3/atomic`.
pub fn outputs_are_whole_or_not_there() {
    let scratch = Scratch::holding(TWO_ROWS);
    let good = scratch.path().to_owned();
    let missing = scratch.folder().join("missing.csv");
    let also_missing = scratch.folder().join("missing-too.csv");
    let folder = scratch.folder().join("folder.csv");
    needed(fs::create_dir(&folder), "the test's folder cannot be made");
    for pipeline in [Pipeline::Sequential, Pipeline::Parallel(2)] {
        let inputs = [good.clone(), missing.clone(), good.clone(), also_missing.clone()];
        expect_failure(pipeline, "a missing file", &inputs, &missing, ErrorKind::NotFound);
        let inputs = [good.clone(), good.clone(), folder.clone()];
        expect_failure(
            pipeline,
            "a folder in the place of a file",
            &inputs,
            &folder,
            ErrorKind::IsADirectory,
        );
        let nowhere = scratch.folder().join("nowhere");
        let error = pipeline.call(std::slice::from_ref(&good), &nowhere).err();
        let told = error.as_ref().is_some_and(|error| {
            error.kind() == ErrorKind::NotFound && error.to_string().contains("nowhere")
        });
        expect(
            told,
            format_args!(
                "{pipeline}: a folder `output` that is missing: expected an error that names it, got {error:?}"
            ),
        );
    }
    each_output_has_its_error();
    the_first_of_many_errors_is_told();
    for pipeline in [Pipeline::Sequential, Pipeline::Parallel(2)] {
        // Whoever has an old output open reads it to its end, whatever comes in its place.
        let output = old_outputs();
        let open = |name: &str| File::open(output.folder().join(name)).expect("the old output");
        let readers = OUTPUTS.map(open);
        let watch = needed(FolderWatch::new(output.folder()), "a folder cannot be watched");
        let counts = pipeline.call(std::slice::from_ref(&good), output.folder());
        expect_eq(format_args!("{pipeline}: the counts"), &counts.ok(), &Some(counts_of(1)));
        for (name, mut reader) in OUTPUTS.into_iter().zip(readers) {
            let mut text = String::new();
            let read = reader.read_to_string(&mut text).map_err(|error| error.kind());
            expect(
                read.is_ok() && text == format!("the {name} of yesterday\n"),
                format_args!(
                    "{pipeline}: who had opened the old {name} before the run read {text:?} from it \
                     after the run. The old file must be replaced by the new one, in one step, and not \
                     written over: rename."
                ),
            );
        }
        let events = needed(watch.events(), "what happens in a folder cannot be read");
        for name in OUTPUTS {
            let of_name = events.iter().filter(|(file, _)| file.as_os_str() == name);
            let got: Vec<FileEvent> = of_name.map(|(_, event)| *event).collect();
            expect(
                !got.contains(&FileEvent::Written),
                format_args!(
                    "{pipeline}: what happened to {name} in the folder `output`: {got:?}. It was written \
                     to under its final name, where everybody sees a part of it: flush the file, \
                     then rename it."
                ),
            );
        }
    }
    for pipeline in [Pipeline::Sequential, Pipeline::Parallel(2)] {
        let output = old_outputs();
        let seen = Arc::new(Mutex::new(None));
        let (report, folder) = (Arc::clone(&seen), output.folder().to_owned());
        let last = pipe(move || {
            *report.lock().unwrap_or_else(PoisonError::into_inner) = Some(damage(&folder));
        });
        let inputs = [good.clone(), good.clone(), last.path().to_owned()];
        let counts = pipeline.call(&inputs, output.folder());
        expect_eq(format_args!("{pipeline}: the counts"), &counts.ok(), &Some(counts_of(3)));
        match seen.lock().unwrap_or_else(PoisonError::into_inner).take() {
            Some(Some(damage)) => fail(format!(
                "{pipeline}: while the last file was still being read, there was half an output to be \
                 seen: {damage}. Write under another name and rename when all is done."
            )),
            Some(None) => {}
            None => fail(format!("{pipeline}: the last file was never read")),
        }
        expect(
            OUTPUTS.iter().all(|name| {
                fs::read_to_string(output.folder().join(name))
                    .is_ok_and(|text| !text.contains("yesterday"))
            }),
            format_args!("{pipeline}: the outputs of the run before must give way to the new ones"),
        );
    }
}

/// A folder stands where one of the outputs belongs.
fn each_output_has_its_error() {
    let good = Scratch::holding(TWO_ROWS);
    for (pipeline, name) in [Pipeline::Sequential, Pipeline::Parallel(2)]
        .into_iter()
        .flat_map(|pipeline| OUTPUTS.map(|name| (pipeline, name)))
    {
        let output = Scratch::new();
        needed(fs::create_dir(output.folder().join(name)), "the test's folder cannot be made");
        let error = pipeline.call(&[good.path().to_owned()], output.folder()).err();
        let told = error.as_ref().is_some_and(|error| {
            error.kind() == ErrorKind::IsADirectory && error.to_string().contains(name)
        });
        expect(
            told,
            format_args!(
                "{pipeline}: a folder called {name} in the folder `output`, so that the file cannot be \
                 written: expected an error of the kind IsADirectory that names {name}, got {error:?}"
            ),
        );
    }
}

/// Where several workers fail at the same time, it shows which error is kept.
fn the_first_of_many_errors_is_told() {
    let output = Scratch::new();
    let missing: Vec<PathBuf> =
        (0..8).map(|number| output.folder().join(format!("missing {number}"))).collect();
    for _ in 0..100 {
        let error = Pipeline::Parallel(8).call(&missing, output.folder()).err();
        let error = error.map(|error| error.to_string()).unwrap_or_default();
        expect(
            error.contains("missing 0"),
            format_args!(
                "process_par of 8 files that are all missing, with 8 workers: the error says \"{error}\". \
                 Of several inputs it must be that of the first in the list, `missing 0`, whichever \
                 worker fails first."
            ),
        );
    }
}
