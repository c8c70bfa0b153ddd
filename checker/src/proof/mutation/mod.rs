//! Changes the solutions piece by piece, and sees whether the checks notice.

mod ledger;
mod listed;
mod mutant;
mod rewriting;
mod score;

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Instant;

use anyhow::{Context, Result};
use course::catalog::{Exercise, Kind, Question};
use course::verdict::{Reason, Verdict};
use kit::Kit;
use kit::exit_code::Exit;
use kit::files::hash;
use kit::selection::Selection;
use supervise::cores;
use supervise::queue::spread;

use super::known::solution;
use super::{SALT, grade_exercise, held, of_question};
use crate::commands::Bench;
use crate::grade::Grading;
use crate::grade::event::Several;
use crate::grade::pace::Pace;
use crate::record::CheckRecord;
use crate::settings::Settings;
use crate::workspace::Place;
use crate::workspace::isolation::Isolation;
use ledger::{Ledger, Outcome};
use listed::Lister;
use mutant::{Mutant, tidy};
use rewriting::{given_places, rewritings};
use score::{Equivalent, Equivalents, Score, table};

/// What a run is asked for.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Only the rewritings, without cargo-mutants.
    pub own: bool,
    /// Only list the mutants.
    pub list: bool,
    /// At most so many of each question, chosen by their hash.
    pub sample: Option<usize>,
    /// Stop after this many minutes.
    pub minutes: Option<f64>,
}

/// The mutants of one question that were chosen, with its solution.
struct Population<'a> {
    question: &'a Question,
    source: String,
    mutants: Vec<(String, Mutant)>,
}

/// Grades mutants of the solutions of the chosen questions, without their timed
/// checks, and prints how many were caught and which were not.
///
/// # Errors
/// When the checker or the kit fails before anything can be said.
pub fn mutate(settings: &Settings, names: &[String], options: &Options) -> Result<Exit> {
    let kit = Kit::find(&settings.here)?;
    kit.require_whole()?;
    let selection = Selection::parse(&kit, names)?;
    let folder = settings.work_folder(&kit.root)?.join("mutants");
    std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let lister = (!options.own).then(|| Lister::set_up(settings, &folder)).transpose()?;
    let equivalents = read_equivalents(&kit)?;
    let mut populations = Vec::new();
    for exercise in &kit.exercises {
        for question in selection.of(exercise) {
            populations.push(populate(&kit, exercise, question, lister.as_ref(), options)?);
        }
    }
    if options.list {
        for Population { question, mutants, .. } in &populations {
            for (_, mutant) in mutants {
                println!("{} {}", question.id, mutant.name);
            }
        }
        return Ok(Exit::Graded);
    }
    let ledger = Mutex::new(Ledger::open(&folder.join("outcomes.jsonl"))?);
    grade_all(settings, kit.clone(), &selection, &populations, &ledger, options)?;
    let is_sample = options.own || options.sample.is_some();
    Ok(report(&populations, &held(&ledger), &equivalents, is_sample))
}

fn read_equivalents(kit: &Kit) -> Result<Equivalents> {
    let path = kit.root.join("tests/mutants.toml");
    let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    toml::from_str(&text).with_context(|| path.display().to_string())
}

/// All mutants of a question, or the sample that was asked for.
fn populate<'a>(
    kit: &'a Kit,
    exercise: &Exercise,
    question: &'a Question,
    lister: Option<&Lister>,
    options: &Options,
) -> Result<Population<'a>> {
    let read = |folder: &str| {
        let path = kit.root.join(folder).join(&exercise.id).join(&question.file);
        std::fs::read_to_string(&path).with_context(|| path.display().to_string())
    };
    let (source, stub) = (read("solutions")?, read("exercises")?);
    let mut mutants = rewritings(&source, &stub)?;
    if let Some(lister) = lister {
        let given = given_places(&source, &stub)?;
        let is_given =
            |mutant: &Mutant| given.iter().any(|place| place.contains(&mutant.place.start));
        let listed = lister.list(kit, exercise, &question.file, &source)?;
        mutants.extend(listed.into_iter().filter(|mutant| !is_given(mutant)));
    }
    // What a verdict rests on: the kit with all its checks, and the mutant.
    let key = |mutant: &Mutant| {
        let checks = kit.fingerprints.of(exercise);
        hash([(&*question.id, mutant.apply(&source).as_bytes()), ("checks", checks.as_bytes())])
    };
    let mut mutants: Vec<(String, Mutant)> =
        tidy(mutants).into_iter().map(|mutant| (key(&mutant), mutant)).collect();
    if let Some(sample) = options.sample {
        mutants.sort_by(|(a, _), (b, _)| a.cmp(b));
        mutants.truncate(sample);
    }
    Ok(Population { question, source, mutants })
}

/// Grades what is not in the ledger, the exercises beside each other.
fn grade_all(
    settings: &Settings,
    kit: Kit,
    selection: &Selection,
    populations: &[Population<'_>],
    ledger: &Mutex<Ledger>,
    options: &Options,
) -> Result<()> {
    let told = |message: &str| eprintln!("  {message}");
    let isolation = Isolation::probe(&settings.switched_off)?;
    let Bench { kit, work, cargo, mut stage, programs } =
        Bench::set_up(settings, isolation, kit, &told)?;
    let grading = Grading {
        kit: &kit,
        work: &work,
        cargo: &cargo,
        programs: &programs,
        selection,
        salt: SALT,
        timed: None,
        pace: &Pace::default(),
        listeners: &Several(&[]),
    };
    let start = Instant::now();
    let time_is_up =
        || options.minutes.is_some_and(|minutes| start.elapsed().as_secs_f64() > 60.0 * minutes);
    let places: Vec<Mutex<Place<'_>>> = stage.places(&kit).into_iter().map(Mutex::new).collect();
    let mut ended = Vec::new();
    spread(
        &places,
        cores(),
        |place| held(place).exercise.questions.len() <= 4,
        |place| {
            let place = &mut held(place);
            loop {
                let round = next_round(place.exercise, populations, &held(ledger));
                if round.is_empty() || time_is_up() {
                    return Ok(());
                }
                grade_round(&grading, place, &round, ledger)?;
            }
        },
        |_, end: Result<()>| ended.push(end),
    );
    ended.into_iter().collect()
}

/// The first mutant of each question of an exercise that is not graded yet.
fn next_round<'a>(
    exercise: &Exercise,
    populations: &'a [Population<'a>],
    ledger: &Ledger,
) -> Vec<(&'a Population<'a>, &'a str, &'a Mutant)> {
    let of_exercise = populations
        .iter()
        .filter(|population| exercise.questions.iter().any(|q| q.id == population.question.id));
    of_exercise
        .filter_map(|population| {
            let (key, mutant) =
                population.mutants.iter().find(|(key, _)| !ledger.is_settled(key))?;
            Some((population, key.as_str(), mutant))
        })
        .collect()
}

/// Grades one mutant of each question together: they do not touch each other.
fn grade_round(
    grading: &Grading<'_>,
    place: &mut Place<'_>,
    round: &[(&Population<'_>, &str, &Mutant)],
    ledger: &Mutex<Ledger>,
) -> Result<()> {
    let mut student = solution(place.kit, place.exercise)?;
    for (population, _, mutant) in round {
        let text = mutant.apply(&population.source);
        student.files.insert(population.question.file.clone(), text.into_bytes());
    }
    let of_exercise: Vec<&Question> = place
        .exercise
        .questions
        .iter()
        .filter(|question| {
            round.iter().any(|(population, ..)| population.question.id == question.id)
        })
        .collect();
    let (checks, _) = grade_exercise(grading, place, &of_exercise, &student)?;
    for (population, key, mutant) in round {
        let question = population.question;
        let automatic = of_question(question, &checks)
            .filter(|check| !matches!(check.kind, Kind::Speed | Kind::Manual));
        match outcome(automatic) {
            Ok(outcome) => {
                eprintln!("  {} {}: {outcome:?}", question.id, mutant.name);
                held(ledger).push((*key).to_owned(), outcome)?;
            }
            Err(fault) => {
                eprintln!("  NOT GRADED: {} {}: {fault:#}", question.id, mutant.name);
                held(ledger).leave_open((*key).to_owned());
            }
        }
    }
    Ok(())
}

/// What some checks made of a mutant. A check that is left to a person has not
/// caught it.
///
/// # Errors
/// When the checker or the machine failed, or there was no check.
fn outcome<'a>(checks: impl Iterator<Item = &'a CheckRecord>) -> Result<Outcome> {
    let checks: Vec<&CheckRecord> = checks.collect();
    anyhow::ensure!(!checks.is_empty(), "no check was judged");
    if let Some(check) = checks.iter().find(|check| check.reason.is_fault()) {
        anyhow::bail!("{}: {}", check.id, check.message);
    }
    if checks.iter().all(|check| check.reason == Reason::NotBuilt) {
        return Ok(Outcome::Unviable);
    }
    let caught =
        checks.iter().find(|check| matches!(check.verdict, Verdict::Fail | Verdict::Partial));
    Ok(caught.map_or(Outcome::Survived, |check| Outcome::Caught(check.id.clone())))
}

/// Prints the survivors, the equivalents that were caught after all, and the table.
fn report(
    populations: &[Population<'_>],
    ledger: &Ledger,
    equivalents: &Equivalents,
    is_sample: bool,
) -> Exit {
    let mut scores: BTreeMap<String, Score> = BTreeMap::new();
    let mut wrong = 0;
    for Population { question, source, mutants } in populations {
        let of_question: Vec<_> =
            equivalents.all.iter().filter(|known| known.question == question.id).collect();
        let score = scores.entry(question.id.clone()).or_default();
        for (key, mutant) in mutants {
            // One that could not be graded is no success, and no survivor.
            wrong += usize::from(ledger.is_settled(key) && ledger.of(key).is_none());
            let is_equivalent = of_question.iter().any(|known| known.name == mutant.name);
            if score.count(ledger.of(key), is_equivalent) {
                println!(
                    "SURVIVED: {} {}\n{}",
                    question.id,
                    mutant.name,
                    mutant.difference(source)
                );
                wrong += 1;
            }
        }
        for Equivalent { name, why, .. } in of_question {
            let outcome = mutants.iter().find(|(_, mutant)| mutant.name == *name);
            let outcome = outcome.map(|(key, _)| ledger.of(key));
            let fault = match outcome {
                // A sample does not have all.
                None if is_sample => continue,
                None => "there is no such mutant",
                Some(Some(Outcome::Caught(_))) => "a check catches it",
                _ if why.is_empty() => "nothing says why",
                _ => continue,
            };
            println!("WRONG: tests/mutants.toml: {} {name}: {fault}", question.id);
            wrong += 1;
        }
    }
    print!("{}", table(&scores));
    if wrong > 0 { Exit::KitBroken } else { Exit::Graded }
}

#[cfg(test)]
mod tests {
    use course::points::Points;
    use course::verdict::{Reason, Verdict};

    use super::{CheckRecord, Kind, Outcome, outcome};

    fn check(id: &str, verdict: Verdict, reason: Reason) -> CheckRecord {
        CheckRecord {
            id: id.to_owned(),
            kind: Kind::Behaviour,
            proves: String::new(),
            hidden: false,
            points: Points::ZERO,
            earned: Points::ZERO,
            verdict,
            reason,
            message: String::new(),
            duration_s: 0.0,
            evidence: None,
            plots: None,
        }
    }

    #[test]
    fn a_mutant_is_caught_by_a_failure_and_by_nothing_else() {
        let pass = || check("a", Verdict::Pass, Reason::Proved);
        let fail = || check("b", Verdict::Fail, Reason::Assertion);
        let open = || check("c", Verdict::NeedsReview, Reason::NotModelled);
        let unbuilt = || check("d", Verdict::Fail, Reason::NotBuilt);
        let fault = || check("e", Verdict::Error, Reason::MachineFault);
        let of = |checks: &[CheckRecord]| outcome(checks.iter()).ok();
        assert_eq!(of(&[pass(), fail()]), Some(Outcome::Caught("b".to_owned())));
        assert_eq!(of(&[pass(), open()]), Some(Outcome::Survived));
        assert_eq!(of(&[unbuilt(), unbuilt()]), Some(Outcome::Unviable));
        assert_eq!(of(&[pass(), unbuilt()]), Some(Outcome::Caught("d".to_owned())));
        assert_eq!(of(&[fail(), fault()]), None);
        assert_eq!(of(&[]), None);
    }
}
