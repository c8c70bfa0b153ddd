//! `checker review`: answers with their rubrics, and the points that a person gives.

use std::collections::BTreeMap;
use std::io::{BufRead, Write};
use std::path::Path;

use anyhow::{Context, Result};
use course::catalog::{Check, Kind};
use course::points::Points;
use course::verdict::Verdict;
use kit::Kit;
use kit::error::UserError;
use kit::exit_code::Exit;
use kit::files::hash;
use kit::selection::Selection;
use kit::text::{clean, clean_line};
use serde::{Deserialize, Serialize};

use crate::cli::Review as Options;
use crate::gradebook::{Gradebook, Review, print_of};
use crate::record::Attempt;
use crate::record::whole_file::write_whole;
use crate::report::csv::guarded;
use crate::settings::Settings;

/// One answer with all that helps to judge it: a row of the sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Row {
    /// Who wrote it: the id, or a code where the order is blind.
    student: String,
    check: String,
    /// The points that were given, empty while there are none.
    points: String,
    of: String,
    /// What the student is told.
    note: String,
    rubric: String,
    answer: String,
    /// What the checker measured of the same question.
    measured: String,
    /// What identifies the answer, so that points go to the text that was read.
    print: String,
}

/// An answer of a student.
struct Answer {
    student: String,
    /// What a blind sheet calls the student.
    code: String,
    row: Row,
    is_open: bool,
}

pub(super) fn run(settings: &Settings, options: &Options) -> Result<Exit> {
    let kit = Kit::find(&settings.here)?;
    let selection = Selection::parse(&kit, &options.selection)?;
    let mut book = Gradebook::open(&options.gradebook)?;
    if book.basis()?.is_none() {
        let what = format!("{}: nothing is in it", options.gradebook.display());
        let next = "name a gradebook that `checker class` has written";
        return Err(UserError::new(Exit::NothingToGrade, what, next).into());
    }
    let answers = answers(&kit, &selection, &book, options.blind)?;
    if let Some(file) = &options.import {
        return import(&mut book, &answers, file);
    }
    if let Some(file) = &options.export {
        return export(&answers, file);
    }
    ask(&mut book, answers, &mut std::io::stdin().lock())
}

/// All answers, in an order that tells nothing of who wrote them if it is `blind`.
fn answers(
    kit: &Kit,
    selection: &Selection,
    book: &Gradebook,
    is_blind: bool,
) -> Result<Vec<Answer>, UserError> {
    let salt = book.basis()?.map(|basis| basis.salt.to_string()).unwrap_or_default();
    let mut found = Vec::new();
    for id in book.students()? {
        let Some(attempt) = book.standing(&id)?.and_then(|standing| standing.attempt) else {
            continue;
        };
        let (texts, reviews) = (book.answers(&id)?, book.reviews(&id)?);
        let code = hash([("student", id.as_bytes()), ("salt", salt.as_bytes())]);
        let questions = kit.exercises.iter().flat_map(|exercise| selection.of(exercise));
        for question in questions {
            let Some(text) = texts.get(&question.id) else { continue };
            for check in question.checks.iter().filter(|check| check.kind == Kind::Manual) {
                let Some(record) = attempt.checks().find(|one| one.id == check.id) else {
                    continue;
                };
                let review = reviews.get(&check.id).filter(|one| one.answer == print_of(text));
                let row = Row {
                    student: if is_blind { code.clone() } else { id.clone() },
                    check: check.id.clone(),
                    points: review.map(|one| one.points.to_string()).unwrap_or_default(),
                    of: check.points.to_string(),
                    note: review.map(|one| one.note.clone()).unwrap_or_default(),
                    rubric: rubric(check),
                    answer: clean(text.trim()),
                    measured: measured(&attempt, &question.id),
                    print: print_of(text),
                };
                let is_open = record.verdict == Verdict::NeedsReview;
                let (student, code) = (id.clone(), code.clone());
                found.push(Answer { student, code, row, is_open });
            }
        }
    }
    // One question after the other: whoever reads compares.
    found.sort_by(|one, other| {
        (&one.row.check, &one.row.student).cmp(&(&other.row.check, &other.row.student))
    });
    Ok(found)
}

fn rubric(check: &Check) -> String {
    check.rubric.clone().unwrap_or_default()
}

/// What the checker says of the other checks of a question.
fn measured(attempt: &Attempt, question: &str) -> String {
    let questions = attempt.exercises.iter().flat_map(|exercise| &exercise.questions);
    let checks = questions.filter(|one| one.id == question).flat_map(|one| &one.checks);
    let lines = checks.filter(|check| check.kind != Kind::Manual).map(|check| {
        let said = clean(check.message.lines().next().unwrap_or_default());
        format!(
            "{} {}{}",
            check.id,
            check.verdict,
            if said.is_empty() { said } else { format!(": {said}") }
        )
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Writes the sheet of all answers.
fn export(answers: &[Answer], file: &Path) -> Result<Exit> {
    let mut rows = csv::Writer::from_writer(Vec::new());
    for Answer { row, .. } in answers {
        let guard = |text: &str| guarded(text).into_owned();
        rows.serialize(Row {
            student: guard(&row.student),
            note: guard(&row.note),
            answer: guard(&row.answer),
            ..row.clone()
        })?;
    }
    write_whole(file, &rows.into_inner().context("the sheet")?)?;
    writeln!(std::io::stdout(), "{}: {} answers", file.display(), answers.len())?;
    Ok(Exit::Graded)
}

/// Takes the points of a sheet over, all of them or none.
fn import(book: &mut Gradebook, answers: &[Answer], file: &Path) -> Result<Exit> {
    let refuse = |what: String| {
        UserError::new(
            Exit::Usage,
            format!("{}: {what}", file.display()),
            "nothing was taken over; correct the sheet, or export it again",
        )
    };
    let bytes = std::fs::read(file).map_err(|error| refuse(error.to_string()))?;
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    // Either name of a student: the sheet may have been blind.
    let mut known: BTreeMap<(String, String), &Answer> = BTreeMap::new();
    for answer in answers {
        for name in [&answer.student, &answer.code] {
            known.insert((guarded(name).into_owned(), answer.row.check.clone()), answer);
            known.insert((name.clone(), answer.row.check.clone()), answer);
        }
    }
    let mut reviews = Vec::new();
    for (at, row) in csv::Reader::from_reader(text).deserialize().enumerate() {
        let row: Row = row.map_err(|error| refuse(error.to_string()))?;
        if row.points.trim().is_empty() {
            continue;
        }
        let here = |what: String| refuse(format!("row {}: {what}", at + 2));
        let answer = known
            .get(&(row.student.clone(), row.check.clone()))
            .ok_or_else(|| here(format!("no answer of {} to {}", row.student, row.check)))?;
        if answer.row.print != row.print {
            return Err(
                here("the answer has changed since the sheet was written".to_owned()).into()
            );
        }
        let points = points(&row.points, &answer.row.of).map_err(here)?;
        let note = row.note.strip_prefix('\'').unwrap_or(&row.note).to_owned();
        reviews.push(review(answer, points, note));
    }
    book.review(&reviews)?;
    writeln!(std::io::stdout(), "{} answers have their points", reviews.len())?;
    Ok(Exit::Graded)
}

fn review(answer: &Answer, points: Points, note: String) -> Review {
    let Row { check, print, .. } = answer.row.clone();
    Review { student: answer.student.clone(), check, answer: print, points, note }
}

/// Points as a person writes them, with a point or a comma.
fn points(text: &str, most: &str) -> Result<Points, String> {
    let read = |text: &str| serde_json::from_str::<Points>(&text.trim().replace(',', ".")).ok();
    let points = read(text).ok_or_else(|| format!("`{text}` is not an amount of points"))?;
    match read(most) {
        Some(most) if points <= most => Ok(points),
        _ => Err(format!("{points} is more than {most}")),
    }
}

/// Shows each open answer and asks for its points.
fn ask(book: &mut Gradebook, answers: Vec<Answer>, input: &mut dyn BufRead) -> Result<Exit> {
    let mut out = std::io::stdout().lock();
    let open: Vec<Answer> = answers.into_iter().filter(|answer| answer.is_open).collect();
    let mut given = 0;
    'answers: for (at, answer) in open.iter().enumerate() {
        let Row { student, check, of, rubric, answer: text, measured, .. } = &answer.row;
        let student = clean_line(student);
        writeln!(out, "\n{} of {}: {check}, {student}\n", at + 1, open.len())?;
        writeln!(out, "Rubric: {rubric}\n\nMeasured:\n{measured}\n\nAnswer:\n{text}\n")?;
        let points = loop {
            write!(out, "points of {of}, empty to skip, q to stop: ")?;
            out.flush()?;
            let Some(line) = line(input)? else { break 'answers };
            match line.as_str() {
                "" => continue 'answers,
                "q" => break 'answers,
                text => match points(text, of) {
                    Ok(points) => break points,
                    Err(why) => writeln!(out, "{why}")?,
                },
            }
        };
        write!(out, "a note for the student, or nothing: ")?;
        out.flush()?;
        let note = line(input)?.unwrap_or_default();
        book.review(&[review(answer, points, note)])?;
        given += 1;
    }
    writeln!(out, "\n{given} answers have their points, {} wait", open.len() - given)?;
    Ok(Exit::Graded)
}

/// A line without its end; none at the end of the input.
fn line(input: &mut dyn BufRead) -> Result<Option<String>> {
    let mut line = String::new();
    let count = input.read_line(&mut line)?;
    Ok((count > 0).then(|| line.trim().to_owned()))
}
