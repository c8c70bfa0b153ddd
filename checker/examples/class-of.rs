//! Writes a class to try things on: the solutions, the stubs, hostile submissions, and the
//! corpus of known mistakes and honest oddities, each as folder, zip or tar.gz.
//! `expected.json` beside the class says which checks each of them loses.
//!
//! ```sh
//! cargo run --package checker --example class-of -- FOLDER COUNT
//! ```

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use checker::intake::{StudentFiles, student_files};
use checker::proof::known::{Known, Table, solution};
use course::catalog::Exercise;
use kit::Kit;

/// Files of a submission by their path in it.
type Files = BTreeMap<String, Vec<u8>>;

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let usage = "class-of FOLDER COUNT";
    let folder = PathBuf::from(arguments.next().context(usage)?);
    let count: usize = arguments.next().context(usage)?.parse().context(usage)?;
    let kit = Kit::find(Path::new("."))?;
    let class = folder.join("class");
    std::fs::create_dir_all(&class)?;
    let mut expected = BTreeMap::new();
    let all = submissions(&kit)?;
    for (number, (name, files, lost)) in all.iter().cycle().take(count).enumerate() {
        let id = format!("{number:03}-{name}");
        write(&class, &id, files, number % 3)?;
        expected.insert(id, lost.clone());
    }
    let expected = serde_json::to_string_pretty(&expected)?;
    Ok(std::fs::write(folder.join("expected.json"), expected)?)
}

/// Every submission with its name and the checks that it loses; `None` for all.
fn submissions(kit: &Kit) -> Result<Vec<(String, Files, serde_json::Value)>> {
    let with = |of: &dyn Fn(&Exercise) -> Result<StudentFiles>| -> Result<Files> {
        let mut all = Files::new();
        for exercise in &kit.exercises {
            let files = of(exercise)?.files.into_iter();
            all.extend(files.map(|(path, bytes)| (format!("{}/{path}", exercise.id), bytes)));
        }
        Ok(all)
    };
    let right = with(&|exercise| solution(kit, exercise))?;
    let stubs = with(&|exercise| {
        student_files(kit, exercise, &kit.root.join("exercises").join(&exercise.id))
    })?;
    let whole = |exercise: &Exercise, files: StudentFiles| {
        let laid = files.files.into_iter();
        let laid = laid.map(|(path, bytes)| (format!("{}/{path}", exercise.id), bytes));
        right.clone().into_iter().chain(laid).collect::<Files>()
    };
    let nothing = serde_json::json!({ "loses": [], "sometimes": [] });
    let mut all = vec![
        ("solutions".to_owned(), right.clone(), nothing),
        ("stubs".to_owned(), stubs, serde_json::Value::Null),
    ];
    let mut by_question: Vec<Vec<_>> = Vec::new();
    for exercise in &kit.exercises {
        let table = Table::read(kit, exercise)?;
        for question in &exercise.questions {
            let mut known = Vec::new();
            for one in table.of(question) {
                let mut files = solution(kit, exercise)?;
                one.lay_over(kit, exercise, question, &mut files)?;
                let Known { name, loses, open, sometimes, .. } = one;
                let lost: Vec<&String> = loses.keys().collect();
                let sometimes: Vec<&String> = sometimes.iter().chain(open.keys()).collect();
                let lost = serde_json::json!({ "loses": lost, "sometimes": sometimes });
                known.push((name.clone(), whole(exercise, files), lost));
            }
            by_question.push(known);
        }
    }
    // One of each question, then the next of each, and a hostile one after every four.
    let most = by_question.iter().map(Vec::len).max().unwrap_or(0);
    let mut hostile = hostile(kit)?.into_iter();
    let corpus = (0..most).flat_map(|at| by_question.iter().filter_map(move |known| known.get(at)));
    for (number, known) in corpus.enumerate() {
        all.push(known.clone());
        if number % 4 == 3
            && let Some((name, files, lost)) = hostile.next()
        {
            all.push((format!("hostile-{name}"), whole(&kit.exercises[0], files), lost));
        }
    }
    Ok(all)
}

/// Hostile submissions, and the checks that they lose; the form of the code may stay right.
/// Only Linux can hold them.
#[cfg(not(target_os = "linux"))]
fn hostile(_: &Kit) -> Result<Vec<(String, StudentFiles, serde_json::Value)>> {
    Ok(Vec::new())
}

/// Hostile submissions, and the checks that they lose; the form of the code may stay right.
#[cfg(target_os = "linux")]
fn hostile(kit: &Kit) -> Result<Vec<(String, StudentFiles, serde_json::Value)>> {
    use course::catalog::{Check, Kind};

    let all = checker::proof::hostile::submissions(kit)?.into_iter();
    Ok(all
        .map(|(name, question, files)| {
            let (form, others): (Vec<_>, Vec<_>) =
                question.checks.iter().partition(|check| check.kind == Kind::Form);
            let ids = |checks: Vec<&Check>| checks.iter().map(|c| c.id.clone()).collect::<Vec<_>>();
            let lost = serde_json::json!({ "loses": ids(others), "sometimes": ids(form) });
            (name, files, lost)
        })
        .collect())
}

/// Writes one submission, as folder, zip or tar.gz.
fn write(class: &Path, id: &str, files: &Files, form: usize) -> Result<()> {
    match form {
        0 => {
            for (path, bytes) in files {
                let path = class.join(id).join(path);
                std::fs::create_dir_all(path.parent().unwrap_or(class))?;
                std::fs::write(path, bytes)?;
            }
        }
        1 => {
            let mut zip = zip::ZipWriter::new(File::create(class.join(format!("{id}.zip")))?);
            for (path, bytes) in files {
                let options = zip::write::SimpleFileOptions::default();
                zip.start_file(format!("work/{path}"), options)?;
                zip.write_all(bytes)?;
            }
            zip.finish()?;
        }
        _ => {
            let file = File::create(class.join(format!("{id}.tar.gz")))?;
            let gz = flate2::write::GzEncoder::new(file, flate2::Compression::default());
            let mut tar = tar::Builder::new(gz);
            for (path, bytes) in files {
                let mut header = tar::Header::new_gnu();
                header.set_size(bytes.len() as u64);
                header.set_mode(0o644);
                tar.append_data(&mut header, path, bytes.as_slice())?;
            }
            tar.into_inner()?.finish()?;
        }
    }
    Ok(())
}
