//! Text against an agreed snapshot (insta), never updated while grading.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use crate::fail;
use crate::run::snapshot_folder;

/// Ends the check unless `text` equals the snapshot `name` of the exercise.
///
/// The snapshot is a file in `tests/<exercise>/snapshots`. It is written only
/// when the course's author runs the solution with `INSTA_UPDATE=always`.
///
/// # Panics
/// When the text differs, with the first line that does.
#[track_caller]
pub fn snapshot(name: &str, text: &str) {
    let folder = snapshot_folder();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(&folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let compared = catch_unwind(AssertUnwindSafe(|| {
        settings.bind(|| insta::assert_snapshot!(name, text));
    }));
    if compared.is_err() {
        fail(difference(name, &folder.join(format!("{name}.snap")), text));
    }
}

fn difference(name: &str, file: &Path, got: &str) -> String {
    let Some(want) = contents(file) else {
        return format!("the snapshot `{name}` is missing from the kit. Tell the course staff.");
    };
    let (want, got): (Vec<_>, Vec<_>) = (want.lines().collect(), got.trim_end().lines().collect());
    let line = want.iter().zip(&got).take_while(|(want, got)| want == got).count();
    let show = |lines: &[&str]| {
        lines.get(line).map_or("(the end of the text)".to_owned(), |text| format!("{text:?}"))
    };
    format!(
        "the text differs from what was agreed (snapshot `{name}`), first in line {}:\n  expected {}\n  got      {}",
        line + 1,
        show(&want),
        show(&got)
    )
}

fn contents(file: &Path) -> Option<String> {
    let snapshot = insta::Snapshot::from_file(file).ok()?;
    match snapshot.contents() {
        insta::internals::SnapshotContents::Text(text) => {
            Some(text.to_string().trim_end().to_owned())
        }
        _ => None,
    }
}
