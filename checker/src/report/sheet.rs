//! Grades filled into a sheet that a course system exports and imports again:
//! Moodle's grading worksheet and Canvas's gradebook.
//!
//! Columns and rules: Moodle's `mod/assign/feedback/offline/importgradeslib.php` and
//! Canvas's `lib/gradebook_importer.rb`. Every other cell stays as it is.

use std::collections::BTreeMap;

use csv::{ReaderBuilder, StringRecord, WriterBuilder};

use super::class::Row;

/// A filled sheet, and what could not be put into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The sheet, to be uploaded.
    pub text: String,
    /// How many rows have a grade now.
    pub filled: usize,
    /// Students of the class whose points are not all decided: their cells stay.
    pub open: Vec<String>,
    /// Students of the class without a row.
    pub unknown: Vec<String>,
}

/// Where a sheet has what.
struct Columns {
    /// Columns that may hold the id, the best one first.
    ids: Vec<usize>,
    grade: usize,
    feedback: Option<usize>,
}

/// Fills a downloaded sheet. `column` names the assignment of a Canvas gradebook.
///
/// # Errors
/// When the sheet is of neither kind, in words.
pub fn fill(sheet: &str, rows: &[Row], column: Option<&str>) -> Result<Sheet, String> {
    let (mark, body) = match sheet.strip_prefix('\u{feff}') {
        Some(body) => ("\u{feff}", body),
        None => ("", sheet),
    };
    let first = body.lines().next().unwrap_or_default();
    let is_semicolon = first.matches(';').count() > first.matches(',').count();
    let delimiter = if is_semicolon { b';' } else { b',' };
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(body.as_bytes());
    let records: Result<Vec<StringRecord>, _> = reader.records().collect();
    let records = records.map_err(|error| format!("no CSV: {error}"))?;
    let header = records.first().ok_or("the sheet is empty")?;
    let columns = columns(header, column)?;

    let mut of: BTreeMap<&str, &Row> = rows.iter().map(|row| (&*row.id, row)).collect();
    let mut result =
        Sheet { text: mark.to_owned(), filled: 0, open: Vec::new(), unknown: Vec::new() };
    let mut writer =
        WriterBuilder::new().delimiter(delimiter).flexible(true).from_writer(Vec::new());
    for (at, record) in records.iter().enumerate() {
        let mut cells: Vec<String> = record.iter().map(str::to_owned).collect();
        let ids = columns.ids.iter().filter_map(|&id| cells.get(id)).map(|cell| bare(cell));
        let row = ids.into_iter().find_map(|id| of.remove(id)).filter(|_| at > 0);
        if let Some(row) = row {
            fill_row(&mut cells, &columns, row, &mut result);
        }
        writer.write_record(&cells).map_err(|error| error.to_string())?;
    }
    result.unknown = of.into_values().map(|row| row.id.clone()).collect();
    let bytes = writer.into_inner().map_err(|error| error.to_string())?;
    result.text += &String::from_utf8(bytes).map_err(|error| error.to_string())?;
    Ok(result)
}

fn fill_row(cells: &mut [String], columns: &Columns, row: &Row, result: &mut Sheet) {
    let grade = row.grade.as_ref().filter(|_| row.refused.is_none());
    let score = grade.map(|grade| grade.by_policy.unwrap_or(grade.score).to_string());
    if grade.is_some_and(|grade| grade.undecided.hundredths() > 0) {
        result.open.push(row.id.clone());
    } else if let (Some(score), Some(cell)) = (score, cells.get_mut(columns.grade)) {
        *cell = score;
        result.filled += 1;
    }
    // Nobody reads in a sheet why a submission was refused, but its student.
    if let (Some(why), Some(at)) = (&row.refused, columns.feedback)
        && let Some(cell) = cells.get_mut(at)
    {
        *cell = super::csv::guarded(why).into_owned();
    }
}

fn columns(header: &StringRecord, column: Option<&str>) -> Result<Columns, String> {
    let at = |name: &str| header.iter().position(|cell| cell.trim().eq_ignore_ascii_case(name));
    if let (Some(id), Some(grade)) = (at("Identifier"), at("Grade")) {
        let ids = [Some(id), at("ID number"), at("Email address"), at("Username")];
        let feedback = at("Feedback comments");
        return Ok(Columns { ids: ids.into_iter().flatten().collect(), grade, feedback });
    }
    let is_canvas = header.get(0).is_some_and(|cell| cell.contains("Student"))
        && header.get(1).is_some_and(|cell| cell.contains("ID"));
    if !is_canvas {
        return Err("neither Moodle's grading worksheet (Identifier, Grade) nor Canvas's gradebook (Student, ID)".to_owned());
    }
    let name =
        column.ok_or("a Canvas gradebook has many columns: name the assignment's with --column")?;
    let title =
        |cell: &str| cell.rsplit_once(" (").map_or(cell, |(title, _)| title).trim().to_owned();
    let found = header.iter().position(|cell| cell.trim() == name || title(cell) == name);
    let grade = found.ok_or_else(|| format!("the sheet has no column `{name}`"))?;
    let ids = [Some(1), at("SIS User ID"), at("SIS Login ID"), at("Integration ID")];
    Ok(Columns { ids: ids.into_iter().flatten().collect(), grade, feedback: None })
}

/// An id without what Moodle puts before it: `Participant 4711`, in any language.
fn bare(cell: &str) -> &str {
    let cell = cell.trim();
    match cell.rsplit_once(' ') {
        Some((_, number)) if number.bytes().all(|byte| byte.is_ascii_digit()) => number,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use course::points::Points;

    use super::fill;
    use crate::report::class::{Grade, Row};

    fn row(id: &str, score: u32, undecided: u32) -> Row {
        let [score, undecided] = [score, undecided].map(Points::from_hundredths);
        let max_score = Points::from_hundredths(10_000);
        let questions = BTreeMap::new();
        let grade = Grade { score, max_score, undecided, by_policy: None, questions };
        Row {
            id: id.into(),
            name: id.into(),
            group: String::new(),
            page: String::new(),
            refused: None,
            grade: Some(grade),
        }
    }

    #[test]
    fn moodles_worksheet_gets_grades_and_keeps_the_rest() {
        let sheet = "\u{feff}Identifier,\"Full name\",\"Email address\",Status,Grade,\"Maximum Grade\",\"Last modified (grade)\",\"Feedback comments\"\n\
            \"Participant 4711\",\"Ana \"\"x\"\", ; O'Neil\",ana@example.org,Submitted,,100.00,-,\n\
            \"Participant 4712\",张伟,wei@example.org,Submitted,50,100.00,-,seen\n\
            \"Participant 4713\",=HYPERLINK(1),h@example.org,Submitted,,100.00,-,\n\
            \"Participant 4714\",Zoe,z@example.org,Submitted,,100.00,-,\n";
        let refused = Row { refused: Some("=damaged".into()), grade: None, ..row("4713", 0, 0) };
        let class = [row("4711", 8725, 0), row("4712", 9000, 25), refused, row("none", 1, 0)];
        let filled = fill(sheet, &class, None).unwrap();
        assert_eq!(
            (filled.filled, &filled.open[..], &filled.unknown[..]),
            (1, &["4712".to_owned()][..], &["none".to_owned()][..])
        );
        assert!(filled.text.starts_with('\u{feff}'));
        let mut read =
            csv::Reader::from_reader(filled.text.trim_start_matches('\u{feff}').as_bytes());
        let rows: Vec<csv::StringRecord> = read.records().map(Result::unwrap).collect();
        assert_eq!((&rows[0][1], &rows[0][4]), ("Ana \"x\", ; O'Neil", "87.25"));
        assert_eq!((&rows[1][4], &rows[1][7]), ("50", "seen"), "an open grade changes nothing");
        assert_eq!((&rows[2][1], &rows[2][4], &rows[2][7]), ("=HYPERLINK(1)", "", "'=damaged"));
        assert_eq!(&rows[3][4], "");
    }

    #[test]
    fn canvas_gets_one_column() {
        let sheet = "Student;ID;SIS User ID;SIS Login ID;Section;ex04 (8812);ex05 (8813)\n\
            Points Possible;;;;;100;20\n\"Kern, Ana\";4411;;ana.k;A1;;3\n\"Li; Wei\";4412;;wei;A1;;\n";
        let class = [row("4411", 10_000, 0), row("wei", 5, 0)];
        let filled = fill(sheet, &class, Some("ex04")).unwrap();
        assert_eq!(filled.filled, 2);
        assert!(filled.text.contains("Kern, Ana;4411;;ana.k;A1;100;3"), "{}", filled.text);
        assert!(filled.text.contains("\"Li; Wei\";4412;;wei;A1;0.05;"), "{}", filled.text);
        assert!(filled.text.contains("Points Possible;;;;;100;20"));
        assert!(fill(sheet, &class, None).unwrap_err().contains("--column"));
        assert!(fill(sheet, &class, Some("ex99")).unwrap_err().contains("ex99"));
        assert!(fill("a,b\n1,2\n", &class, None).unwrap_err().contains("neither"));
        assert!(fill("", &class, None).is_err());
    }
}
