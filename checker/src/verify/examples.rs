//! The examples in the stubs' contracts hold for the solutions.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use course::catalog::Exercise;
use course::outcome::Exit;
use syn::{Attribute, Item};

use super::Findings;
use crate::compile::run_examples;
use crate::corpus::solution;
use crate::grade::Grading;
use crate::stage::Plan;
use crate::submission::Taken;

/// Runs the contracts' examples, and those of the lesson, with the solution's
/// functions below the stub's comments.
pub(super) fn verify(grading: &Grading<'_>, findings: &Findings) -> Result<usize> {
    let mut exercises = 0;
    for exercise in &grading.kit.exercises {
        if grading.selection.of(exercise).is_empty() {
            continue;
        }
        let documented = documented_solution(grading, exercise)?;
        let plan = Plan { left_out: &BTreeSet::new(), wanted: &BTreeSet::new() };
        grading.stage.lay_submission(grading.kit, exercise, &documented, plan)?;
        (grading.progress)(&format!(
            "{}: running the examples of lesson and contracts",
            exercise.id
        ));
        let outcome = run_examples(grading.stage, exercise);
        if outcome.exit != Exit::Code(0) {
            let said = String::from_utf8_lossy(&outcome.stdout).into_owned()
                + &String::from_utf8_lossy(&outcome.stderr);
            findings.wrong(format!(
                "{}: an example does not hold for the solution:\n{said}",
                exercise.id
            ));
        }
        exercises += 1;
    }
    Ok(exercises)
}

fn documented_solution(grading: &Grading<'_>, exercise: &Exercise) -> Result<Taken> {
    let mut files = solution(grading.kit, exercise)?.files;
    for question in &exercise.questions {
        let stub = grading.kit.root.join("exercises").join(&exercise.id).join(&question.file);
        let stub = std::fs::read_to_string(&stub).with_context(|| stub.display().to_string())?;
        let solution = files.get(&question.file).map(Vec::as_slice).unwrap_or_default();
        let text = with_comments(&stub, std::str::from_utf8(solution)?)
            .with_context(|| question.file.clone())?;
        files.insert(question.file.clone(), text.into_bytes());
    }
    Ok(Taken { files, left_behind: Vec::new() })
}

/// The functions of `solution` with the comments that `stub` has above them.
fn with_comments(stub: &str, solution: &str) -> Result<String> {
    let stub = syn::parse_file(stub)?;
    let mut solution = syn::parse_file(solution)?;
    let is_comment = |attribute: &Attribute| attribute.path().is_ident("doc");
    for item in &mut solution.items {
        let Item::Fn(function) = item else { continue };
        let same = stub.items.iter().find_map(|item| match item {
            Item::Fn(stub) if stub.sig.ident == function.sig.ident => Some(stub),
            _ => None,
        });
        if let Some(stub) = same {
            function.attrs.retain(|attribute| !is_comment(attribute));
            function
                .attrs
                .splice(0..0, stub.attrs.iter().filter(|attribute| is_comment(attribute)).cloned());
        }
    }
    Ok(prettyplease::unparse(&solution))
}

#[cfg(test)]
mod tests {
    use super::with_comments;

    #[test]
    fn comments_come_from_the_stub_and_bodies_from_the_solution() {
        let stub = "/// Contract.\n#[must_use]\npub fn a() -> u8 { todo!() }\n";
        let solution = "/// Trade-off.\n#[must_use]\npub fn a() -> u8 { 1 }\n/// Own.\nfn b() {}\n";
        let expected =
            "/// Contract.\n#[must_use]\npub fn a() -> u8 {\n    1\n}\n/// Own.\nfn b() {}\n";
        assert_eq!(with_comments(stub, solution).unwrap(), expected);
    }
}
