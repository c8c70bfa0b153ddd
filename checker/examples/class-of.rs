//! Writes a class to try things on: the solutions, the stubs, and the corpus of known
//! mistakes and honest oddities, each as folder, zip or tar.gz. `expected.json` beside
//! the class says which checks each of them loses.
//!
//! ```sh
//! cargo run --release --package checker --example class-of -- FOLDER COUNT
//! ```

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use checker::intake::{StudentFiles, student_files};
use checker::kit::Kit;
use checker::proof::known::{Known, Table, solution};

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
    let with = |of: &dyn Fn(&course::catalog::Exercise) -> Result<StudentFiles>| -> Result<Files> {
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
                let mut whole = right.clone();
                let laid = files.files.into_iter();
                whole.extend(laid.map(|(path, bytes)| (format!("{}/{path}", exercise.id), bytes)));
                let Known { name, loses, open, sometimes, .. } = one;
                let lost: Vec<&String> = loses.keys().collect();
                let sometimes: Vec<&String> = sometimes.iter().chain(open.keys()).collect();
                let lost = serde_json::json!({ "loses": lost, "sometimes": sometimes });
                known.push((name.clone(), whole, lost));
            }
            by_question.push(known);
        }
    }
    // One of each question, then the next of each.
    let most = by_question.iter().map(Vec::len).max().unwrap_or(0);
    for at in 0..most {
        all.extend(by_question.iter().filter_map(|known| known.get(at).cloned()));
    }
    Ok(all)
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
