//! Builds what a submission's checks need; a question that the compiler refuses is
//! taken out, and the others go on without it.

use std::time::Duration;

use anyhow::Result;
use course::catalog::Question;
use course::verdict::{Judgement, Reason};

use super::event::{Event, Listener};
use super::state::States;
use crate::intake::StudentFiles;
use crate::workspace::blame::{Blame, blame, shortened, told};
use crate::workspace::program::{Build, Built, DEADLINE, Program, build};
use crate::workspace::{Cargo, Laid, Place, Plan};

/// How long one question may take to compile while the one is looked for that
/// cannot be compiled.
const ALONE: Duration = Duration::from_secs(60);

/// Words by which a build tells that the machine failed it.
const OF_THE_MACHINE: [&str; 6] = [
    "No space left on device",
    "Cannot allocate memory",
    "Disk quota exceeded",
    "Read-only file system",
    "signal: 9, SIGKILL",
    "Too many open files",
];

/// What building needs to know.
#[derive(Clone, Copy)]
pub struct Builder<'a> {
    /// Cargo.
    pub cargo: &'a Cargo,
    /// Who hears what becomes of the questions.
    pub listeners: &'a dyn Listener,
}

impl Builder<'_> {
    /// Builds one program for the wanted questions, as far as they can be built,
    /// and says in `states` what became of the others; `None` if none is left.
    ///
    /// # Errors
    /// When the run was interrupted, or the disk cannot be written.
    pub fn build(
        &self,
        place: &mut Place<'_>,
        student: &StudentFiles,
        wanted: &[&Question],
        program: Program,
        states: &mut States<'_>,
    ) -> Result<Option<(Laid, Built)>> {
        let mut is_looked_into = false;
        loop {
            let is_wanted = |question: &&Question| wanted.iter().any(|id| id.id == question.id);
            if !states.ready().iter().any(is_wanted) {
                return Ok(None);
            }
            self.listeners.hear(&Event::Building(place.exercise));
            let laid = place.lay(student, &states.plan(wanted))?;
            let what = match build(self.cargo, place, &laid, program, DEADLINE)? {
                Build::Done(built) => {
                    if let Some(missing) = built.missing {
                        states.take_all_out(&machine_fault(&missing));
                        return Ok(None);
                    }
                    return Ok(Some((laid, built)));
                }
                Build::Refused(errors) => {
                    let blamed = blame(place.exercise, &errors);
                    if self.apply(place, &blamed, states) {
                        continue;
                    }
                    blamed.unclear.join("\n")
                }
                Build::TooLong(after) => too_long(after),
                Build::Failed(said) => said,
            };
            // Nobody's, as far as the messages say.
            if is_looked_into {
                states.take_all_out(&machine_fault(&what));
                return Ok(None);
            }
            is_looked_into = true;
            self.look_into(place, student, program, states, &what)?;
        }
    }

    /// Takes out what the compiler's messages put to a question. Returns whether
    /// there was anything.
    fn apply(&self, place: &Place<'_>, blamed: &Blame, states: &mut States<'_>) -> bool {
        let mut changed = false;
        if blamed.questions.is_empty() && blamed.unclear.is_empty() {
            for question in &place.exercise.questions {
                let Some(errors) = blamed.models.get(&question.id) else { continue };
                if states.leave_model(&question.id, errors) {
                    self.listeners.hear(&Event::WithoutModel(question));
                    changed = true;
                }
            }
        }
        if changed {
            return true;
        }
        let out = states.out();
        for question in &place.exercise.questions {
            let errors =
                blamed.questions.get(&question.id).or_else(|| blamed.models.get(&question.id));
            let Some(errors) = errors else { continue };
            let message = told(place.exercise, errors, &out, &crates(place));
            changed |= self.take_out(question, Judgement::fail(Reason::NotBuilt, message), states);
        }
        changed
    }

    fn take_out(&self, question: &Question, judgement: Judgement, states: &mut States<'_>) -> bool {
        let is_new = states.take_out(&question.id, judgement);
        if is_new {
            self.listeners.hear(&Event::LeftOut(question));
        }
        is_new
    }

    /// Finds out whose an error is that points into nobody's file: first the kit
    /// is built alone, and if it cannot be, nobody is judged; then each question
    /// is added in turn to those that build.
    fn look_into(
        &self,
        place: &mut Place<'_>,
        student: &StudentFiles,
        program: Program,
        states: &mut States<'_>,
        what: &str,
    ) -> Result<()> {
        let all: Vec<&Question> = states.ready();
        let alone = self.try_with(place, &StudentFiles::default(), &[], states, program)?;
        if !matches!(alone, Build::Done(_)) {
            states.take_all_out(&machine_fault(what));
            return Ok(());
        }
        let mut good: Vec<&Question> = Vec::new();
        for question in all {
            let with = [good.as_slice(), &[question]].concat();
            let judgement = match self.try_with(place, student, &with, states, program)? {
                Build::Done(_) => {
                    good = with;
                    continue;
                }
                Build::Refused(errors) => {
                    let errors: Vec<String> = errors.into_iter().map(|error| error.text).collect();
                    not_built(&shortened(&errors.join("\n")))
                }
                Build::TooLong(after) => not_built(&too_long(after)),
                Build::Failed(said) => not_built(&shortened(&said)),
            };
            self.take_out(question, judgement, states);
        }
        Ok(())
    }

    /// Builds a program with these questions alone, all of it anew.
    fn try_with(
        &self,
        place: &mut Place<'_>,
        student: &StudentFiles,
        questions: &[&Question],
        states: &States<'_>,
        program: Program,
    ) -> Result<Build> {
        let all = place.exercise.questions.iter();
        let is_in = |id: &str| questions.iter().any(|question| question.id == id);
        let plan = Plan {
            out: all.filter(|question| !is_in(&question.id)).map(|q| q.id.clone()).collect(),
            wanted: questions.iter().map(|question| question.id.clone()).collect(),
            ..states.plan(&[])
        };
        let laid = place.lay(student, &plan)?.anew();
        build(self.cargo, place, &laid, program, ALONE)
    }
}

fn too_long(after: Duration) -> String {
    format!(
        "the compiler was stopped after {} s. Look for a macro or a constant that never ends, or for types that grow.",
        after.as_secs()
    )
}

/// The judgement of a question that alone makes the build fail.
fn not_built(said: &str) -> Judgement {
    if OF_THE_MACHINE.iter().any(|words| said.contains(words)) {
        return machine_fault(said);
    }
    Judgement::fail(
        Reason::NotBuilt,
        format!(
            "does not compile: without this file the exercise does, with it the compiler says\n{said}"
        ),
    )
}

fn machine_fault(what: &str) -> Judgement {
    Judgement::error(
        Reason::MachineFault,
        format!(
            "nothing was judged, as this machine could not do the kit's own part:\n{what}\nThat is not your submission's fault. See to the machine (disk, memory, network, linker, registry) and grade again."
        ),
    )
}

/// The crates that an exercise's sources may use.
fn crates(place: &Place<'_>) -> Vec<String> {
    let path = format!("exercises/{}/Cargo.toml", place.exercise.id);
    let text = place.kit.file(&path).and_then(|bytes| std::str::from_utf8(bytes).ok());
    let manifest: toml::Table = text.unwrap_or_default().parse().unwrap_or_default();
    let dependencies = manifest.get("dependencies").and_then(toml::Value::as_table);
    dependencies.map(|table| table.keys().cloned().collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use course::verdict::Verdict;

    use super::not_built;

    #[test]
    fn a_machine_that_fails_costs_nobody_a_point() {
        for said in [
            "error: failed to write /x/y.o: No space left on device (os error 28)",
            "process didn't exit successfully: `rustc` (signal: 9, SIGKILL: kill)",
        ] {
            assert_eq!(not_built(said).verdict, Verdict::Error, "{said}");
        }
        assert_eq!(not_built("error: duplicate lang item").verdict, Verdict::Fail);
    }
}
