//! What a speed verdict rests on: the measurement and the code that it times.

use std::collections::BTreeMap;

use anyhow::Result;
use course::catalog::Question;
use kit::Kit;
use kit::files::{Files, collect, hash_all};

use crate::proof::known::Table;

/// For each timed question a hash of the sources that its verdicts rest on.
///
/// A fix to a lesson or a hint leaves the results of a trial as they are;
/// a workload, a solution, a submission of the corpus or the engine does not.
///
/// # Errors
/// When a file cannot be read.
pub fn hashes(kit: &Kit) -> Result<BTreeMap<String, String>> {
    let engine_folders = [
        "benches/timing/",
        "benches/workloads/",
        "checker/course/",
        "checker/supervise/",
        "exercises/given/",
        "tests/lib/pictures/",
        "tests/lib/site/",
        "Cargo.lock",
    ];
    let is_engines = |path: &str| engine_folders.iter().any(|folder| path.starts_with(folder));
    let mut engine: Files = kit
        .files
        .iter()
        .filter(|(path, _)| is_engines(path))
        .map(|(p, b)| (p.clone(), b.clone()))
        .collect();
    let how = "checker/src/grade/timed_run.rs";
    engine.insert(how.to_owned(), std::fs::read(kit.root.join(how))?);
    let mut hashes = BTreeMap::new();
    for exercise in &kit.exercises {
        let id = &exercise.id;
        let table = Table::read(kit, exercise)?;
        let is_timed =
            |question: &&Question| question.checks.iter().any(|check| check.speed.is_some());
        for question in exercise.questions.iter().filter(is_timed) {
            let number = question.id.replace('.', "_");
            let mut files = engine.clone();
            let mut timed = Files::new();
            for folder in ["benches", "tests/submissions"] {
                collect(&kit.root, &format!("{folder}/{id}"), &|_| true, &mut timed)?;
            }
            // Of these two folders only what belongs to the question.
            timed.retain(|path, _| {
                path.contains(&format!("q{number}")) || path.contains(&format!("/{}-", question.id))
            });
            files.extend(timed);
            for known in table.of(question).into_iter().filter(|known| known.trial.is_some()) {
                if !known.changes.is_empty() {
                    files.insert(known.name.clone(), serde_json::to_vec(&known.changes)?);
                }
            }
            let solution = format!("solutions/{id}/{}", question.file);
            files.insert(solution.clone(), std::fs::read(kit.root.join(solution))?);
            for check in question.checks.iter().filter(|check| check.speed.is_some()) {
                files.insert(check.id.clone(), serde_json::to_vec(&check.speed)?);
            }
            hashes.insert(question.id.clone(), hash_all(&files));
        }
    }
    Ok(hashes)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use kit::Kit;

    use super::hashes;

    #[test]
    fn every_timed_question_has_sources_of_its_own() {
        let kit = Kit::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("..")).unwrap();
        let timed = kit
            .exercises
            .iter()
            .flat_map(|exercise| &exercise.questions)
            .filter(|question| question.checks.iter().any(|check| check.speed.is_some()))
            .map(|question| question.id.as_str());
        let hashes = hashes(&kit).unwrap();
        assert!(timed.eq(hashes.keys().map(String::as_str)));
        let different: BTreeSet<&String> = hashes.values().collect();
        assert_eq!(different.len(), hashes.len());
    }
}
