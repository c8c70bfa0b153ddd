//! One row for each check, for a spreadsheet.

use std::borrow::Cow;

use super::{Form, View};

pub(super) const FORM: Form = Form {
    name: "csv",
    about: "A row for each check, for a spreadsheet",
    render: |view, _| write_rows(view).unwrap_or_default(),
};

const HEADER: [&str; 10] = [
    "submission",
    "exercise",
    "question",
    "check",
    "kind",
    "verdict",
    "reason",
    "earned",
    "points",
    "undecided",
];

fn write_rows(view: &View) -> Option<String> {
    let mut rows = csv::Writer::from_writer(Vec::new());
    rows.write_record(HEADER).ok()?;
    for exercise in &view.exercises {
        for question in &exercise.questions {
            let mut row =
                |check: &str, kind: &str, verdict: &str, reason: &str, sums: [String; 3]| {
                    let [earned, points, undecided] = sums;
                    let cells = [
                        &*view.submission,
                        &exercise.id,
                        &question.id,
                        check,
                        kind,
                        verdict,
                        reason,
                        &earned,
                        &points,
                        &undecided,
                    ];
                    rows.write_record(cells.map(|cell| guarded(cell).into_owned())).ok()
                };
            for check in &question.checks {
                let sums = [check.earned, check.points, check.undecided()];
                row(
                    &check.id,
                    &check.kind.to_string(),
                    &check.verdict.to_string(),
                    &check.reason.word(),
                    sums.map(|points| points.to_string()),
                )?;
            }
            if let Some(hidden) = question.hidden {
                let sums = [hidden.earned, hidden.points, hidden.undecided];
                row("not shown", "", "", "", sums.map(|points| points.to_string()))?;
            }
        }
    }
    String::from_utf8(rows.into_inner().ok()?).ok()
}

/// A cell that no spreadsheet takes for a formula (OWASP ASVS 1.2.10).
#[must_use]
pub fn guarded(cell: &str) -> Cow<'_, str> {
    match cell.starts_with(['=', '+', '-', '@', '\t', '\0']) {
        true => format!("'{cell}").into(),
        false => cell.into(),
    }
}

#[cfg(test)]
mod tests {
    use crate::report::Reader;
    use crate::report::tests::{attempt, rendered_of};

    #[test]
    fn names_are_neither_formulas_nor_ends_of_cells() {
        for name in ["=HYPERLINK(\"x\")", "Ana \"x\", ; O'Neil", "<script>", "张伟", "@sum", "a\nb"]
        {
            let mut named = attempt();
            named.submission = name.to_owned();
            let text = rendered_of(&named, "csv", Reader::Instructor);
            let mut rows = csv::Reader::from_reader(text.as_bytes());
            let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
            assert_eq!(rows.len(), 4, "{text}");
            let read = &rows[0][0];
            assert!(!read.starts_with(['=', '@']), "{read}");
            assert_eq!(read.trim_start_matches('\''), name.replace('\n', " "));
            assert_eq!((&rows[1][3], &rows[1][7]), ("9.1/trap", "2"));
        }
    }
}
