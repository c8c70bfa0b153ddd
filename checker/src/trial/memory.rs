//! How well memory figures repeat: every memory check of the solutions, many
//! times over.

use std::fmt::Write;

use anyhow::{Context, Result};
use course::catalog::{Check, Kind, Question};
use course::evidence::{Evidence, MemoryEvidence};
use kit::selection::Selection;

use crate::commands::Bench;
use crate::grade::check_run::CheckRun;
use crate::grade::pace::{Pace, Turns};
use crate::proof::known::solution;
use crate::record::evidence_file::read_evidence;
use crate::workspace::program::{Build, DEADLINE, Program, build};
use crate::workspace::{Cargo, Place, Plan};

/// How often each check is run, on the same input.
const RUNS: usize = 15;

/// Where that input comes from.
const SALT: u64 = 1;

/// Most bytes that the peaks at one size may differ by. Where one thread does
/// the work they do not differ at all.
const SPREAD_ALLOWED: u64 = 256;

/// Peaks at one size of one check, over all runs; of each run the worst of its
/// measurements, which is what a student reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeat {
    check: String,
    unit: String,
    elements: u64,
    smallest: u64,
    largest: u64,
}

impl Repeat {
    /// Whether the figures differ by more than is allowed.
    #[must_use]
    pub fn is_wrong(&self) -> bool {
        self.largest - self.smallest > SPREAD_ALLOWED
    }
}

/// Runs every memory check of the selection on the solutions.
///
/// # Errors
/// When a solution does not build or a check measures nothing.
pub fn repeat(bench: &mut Bench, selection: &Selection) -> Result<Vec<Repeat>> {
    let mut repeats = Vec::new();
    for place in &mut bench.stage.places(&bench.kit) {
        for question in selection.of(place.exercise) {
            for check in question.checks.iter().filter(|check| check.kind == Kind::Memory) {
                eprintln!("  {}: {RUNS} runs", check.id);
                let measured = measure(&bench.cargo, place, question, check)?;
                repeats.extend(compare(&measured));
            }
        }
    }
    Ok(repeats)
}

fn measure(
    cargo: &Cargo,
    place: &mut Place<'_>,
    question: &Question,
    check: &Check,
) -> Result<Vec<MemoryEvidence>> {
    let plan = Plan { wanted: [question.id.clone()].into(), ..Plan::default() };
    let laid = place.lay(&solution(place.kit, place.exercise)?, &plan)?;
    let Build::Done(built) = build(cargo, place, &laid, Program::Graded, DEADLINE)? else {
        anyhow::bail!("the solution of {} does not build", question.id);
    };
    let folder = tempfile::tempdir().context("no temporary folder")?;
    let (pace, turns) = (Pace::default(), Turns::default());
    (0..RUNS)
        .map(|_| {
            let run = CheckRun {
                graded: &built.path,
                identity: &laid.identity,
                root: &place.stage.root,
                isolation: cargo.isolation(),
                exercise: place.exercise,
                kit: &place.kit.hash,
                salt: SALT,
                evidence: folder.path(),
            };
            let judged = turns.run(&pace, check, |turn| run.run(check, turn));
            let file = judged
                .evidence
                .with_context(|| format!("{}: {}", check.id, judged.judgement.message))?;
            match read_evidence(&file)? {
                Evidence::Memory(evidence) => Ok(evidence),
                Evidence::Speed(_) => anyhow::bail!("{}: evidence of speed", file.display()),
            }
        })
        .collect()
}

/// The smallest and the largest peak at each size.
fn compare(runs: &[MemoryEvidence]) -> Vec<Repeat> {
    let Some(first) = runs.first() else { return Vec::new() };
    let sizes = first.measured.sizes.iter().enumerate();
    sizes
        .map(|(at, size)| {
            let peaks = || {
                runs.iter()
                    .filter_map(|run| run.measured.sizes.get(at))
                    .filter_map(|size| size.peak_bytes.iter().copied().max())
            };
            Repeat {
                check: first.check.clone(),
                unit: first.measured.unit.clone(),
                elements: size.elements,
                smallest: peaks().min().unwrap_or_default(),
                largest: peaks().max().unwrap_or_default(),
            }
        })
        .collect()
}

/// The figures as a Markdown table; nothing where there are none.
#[must_use]
pub fn render(repeats: &[Repeat]) -> String {
    let mut text = String::new();
    if !repeats.is_empty() {
        write_table(&mut text, repeats).unwrap_or_default();
    }
    text
}

fn write_table(text: &mut String, repeats: &[Repeat]) -> std::fmt::Result {
    writeln!(
        text,
        "\n### Memory: peak live heap in bytes, the worst of three measurements, in {RUNS} runs\n"
    )?;
    writeln!(
        text,
        "| check | size | smallest | largest | differ by |\n| --- | ---: | ---: | ---: | ---: |"
    )?;
    for Repeat { check, unit, elements, smallest, largest } in repeats {
        let spread = largest - smallest;
        writeln!(text, "| {check} | {elements} {unit} | {smallest} | {largest} | {spread} |")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use course::catalog::MemoryBound;
    use course::channel::{MemoryAtSize, MemoryMeasurement};
    use course::evidence::{EVIDENCE_VERSION, MemoryEvidence};

    use super::{compare, render};

    #[test]
    fn the_spread_at_each_size_is_told_and_held_to_its_bound() {
        let run = |peaks: [u64; 2]| MemoryEvidence {
            evidence_version: EVIDENCE_VERSION,
            check: "3.1/memory".into(),
            kit: "kit".into(),
            salt: 1,
            bound: MemoryBound { element_bytes: 50, peak_bytes: 100_000 },
            measured: MemoryMeasurement {
                unit: "lines".into(),
                sizes: (1..)
                    .zip(peaks)
                    .map(|(elements, peak)| MemoryAtSize {
                        elements,
                        peak_bytes: vec![peak, peak + 1],
                        left_bytes: vec![0],
                    })
                    .collect(),
            },
        };
        let repeats = compare(&[run([8000, 9000]), run([8000, 9300])]);
        assert_eq!([false, true], [repeats[0].is_wrong(), repeats[1].is_wrong()]);
        assert!(render(&repeats).contains("| 3.1/memory | 2 lines | 9001 | 9301 | 300 |"));
        assert_eq!(render(&[]), "");
    }
}
