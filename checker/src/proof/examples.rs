//! The examples in the stubs' contracts hold for the solutions.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};
use course::catalog::Exercise;
use course::outcome::Exit;
use kit::error::Interrupted;
use quote::ToTokens;
use syn::{Attribute, ImplItem, Item};

use super::Findings;
use super::known::solution;
use crate::grade::Grading;
use crate::grade::event::Event;
use crate::intake::StudentFiles;
use crate::workspace::program::run_examples;
use crate::workspace::{Plan, Stage};

/// Runs the contracts' examples, and those of the lessons, with the solutions'
/// functions below the stubs' comments. Always those of all exercises, which
/// cargo builds together.
pub(super) fn verify(
    grading: &Grading<'_>,
    stage: &mut Stage,
    findings: &Findings,
) -> Result<usize> {
    for place in &mut stage.places(grading.kit) {
        let documented = documented_solution(grading, place.exercise)?;
        place.lay(&documented, &Plan::default())?;
    }
    let progress = "running the examples of lessons and contracts";
    grading.listeners.hear(&Event::Progress(progress));
    let outcome = run_examples(grading.cargo, grading.kit, stage);
    if outcome.exit == Exit::Interrupted {
        bail!(Interrupted);
    }
    if outcome.exit != Exit::Code(0) {
        let said = String::from_utf8_lossy(&outcome.stdout).into_owned()
            + &String::from_utf8_lossy(&outcome.stderr);
        findings.wrong(format!("an example does not hold for the solutions:\n{said}"));
    }
    Ok(grading.kit.exercises.len())
}

fn documented_solution(grading: &Grading<'_>, exercise: &Exercise) -> Result<StudentFiles> {
    let mut files = solution(grading.kit, exercise)?.files;
    for question in &exercise.questions {
        let stub = grading.kit.root.join("exercises").join(&exercise.id).join(&question.file);
        let stub = std::fs::read_to_string(&stub).with_context(|| stub.display().to_string())?;
        let solution = files.get(&question.file).map(Vec::as_slice).unwrap_or_default();
        let text = with_comments(&stub, std::str::from_utf8(solution)?)
            .with_context(|| question.file.clone())?;
        files.insert(question.file.clone(), text.into_bytes());
    }
    Ok(StudentFiles { files, ..StudentFiles::default() })
}

/// The functions, types and methods of `solution` with the comments that `stub`
/// has above them.
fn with_comments(stub: &str, solution: &str) -> Result<String> {
    let stub = comments(&mut syn::parse_file(stub)?);
    let mut solution = syn::parse_file(solution)?;
    for (name, attributes) in documented(&mut solution) {
        if let Some(comments) = stub.get(&name) {
            attributes.retain(|attribute| !is_comment(attribute));
            attributes.splice(0..0, comments.iter().cloned());
        }
    }
    Ok(prettyplease::unparse(&solution))
}

fn is_comment(attribute: &Attribute) -> bool {
    attribute.path().is_ident("doc")
}

/// The comments of a file, by the name of what they stand above.
fn comments(file: &mut syn::File) -> BTreeMap<String, Vec<Attribute>> {
    documented(file)
        .into_iter()
        .map(|(name, attributes)| {
            (name, attributes.iter().filter(|one| is_comment(one)).cloned().collect())
        })
        .collect()
}

/// What may have an example above it: the name and the attributes of each.
fn documented(file: &mut syn::File) -> Vec<(String, &mut Vec<Attribute>)> {
    let mut found = Vec::new();
    for item in &mut file.items {
        match item {
            Item::Fn(item) => found.push((item.sig.ident.to_string(), &mut item.attrs)),
            Item::Struct(item) => found.push((item.ident.to_string(), &mut item.attrs)),
            Item::Enum(item) => found.push((item.ident.to_string(), &mut item.attrs)),
            Item::Impl(block) if block.trait_.is_none() => {
                let target = block.self_ty.to_token_stream();
                for item in &mut block.items {
                    if let ImplItem::Fn(method) = item {
                        let name = format!("{target}::{}", method.sig.ident);
                        found.push((name, &mut method.attrs));
                    }
                }
            }
            _ => {}
        }
    }
    found
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

    #[test]
    fn types_and_methods_get_their_comments_too() {
        let stub = "/// A pool.\npub struct Pool {}\nimpl Pool {\n    /// Contract.\n    pub fn new() -> Self { todo!() }\n}\n";
        let solution = "/// Why.\npub struct Pool(u8);\nimpl Pool {\n    pub fn new() -> Self { Self(1) }\n}\n";
        let expected = "/// A pool.\npub struct Pool(u8);\nimpl Pool {\n    /// Contract.\n    pub fn new() -> Self {\n        Self(1)\n    }\n}\n";
        assert_eq!(with_comments(stub, solution).unwrap(), expected);
    }
}
