//! Whose fault a compiler error is: the question's into whose file it points, or
//! nobody's until it is looked into.

use std::collections::BTreeMap;

use course::catalog::{Exercise, Question};
use kit::layout::{module, question_of, schedule_module, stem};

use super::diagnostics::{CompilerError, Location};

/// Most lines of compiler messages that a student reads for one question.
const SHOWN_LINES: usize = 40;

/// Errors that point into a student's file because of what lies in the build
/// folder: a library is missing, damaged, or of another compiler.
const OF_THE_BUILD_FOLDER: [&str; 5] =
    ["error[E0463]", "error[E0460]", "error[E0514]", "error[E0519]", "error[E0786]"];

/// The errors of one build, by whose they are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Blame {
    /// Of questions, with what their student reads.
    pub questions: BTreeMap<String, String>,
    /// Of questions that only the copy for the model checker refuses.
    pub models: BTreeMap<String, String>,
    /// Of nobody so far: without a place, or in a place that is the kit's.
    pub unclear: Vec<String>,
}

/// Puts every error to the question it belongs to: by the student's file, by the
/// line of the crate root that exports from it, or by the test that uses it.
#[must_use]
pub fn blame(exercise: &Exercise, errors: &[CompilerError]) -> Blame {
    let mut blame = Blame::default();
    for error in errors {
        let question = if OF_THE_BUILD_FOLDER.iter().any(|code| error.text.starts_with(code)) {
            None
        } else {
            owner(exercise, &error.places)
        };
        let Some(question) = question else {
            blame.unclear.push(error.text.trim_end().to_owned());
            continue;
        };
        let of_model = is_of_model(exercise, error);
        let known = if of_model { &mut blame.models } else { &mut blame.questions };
        let known = known.entry(question.id.clone()).or_default();
        if !known.contains(error.text.trim_end()) {
            known.push_str(&error.text);
        }
    }
    let texts = blame.questions.values_mut().chain(blame.models.values_mut());
    texts.for_each(|text| *text = shortened(text));
    blame
}

/// Whether an error is one of the model's, whose threads and channels are not all
/// that the real ones are.
fn is_of_model(exercise: &Exercise, error: &CompilerError) -> bool {
    error.target == format!("{}_model", exercise.id)
        || error.places.iter().filter(|place| place.is_primary).any(|place| {
            exercise
                .questions
                .iter()
                .any(|question| place.file.ends_with(&format!("/{}.rs", schedule_module(question))))
        })
}

fn owner<'a>(exercise: &'a Exercise, places: &[Location]) -> Option<&'a Question> {
    let folder = format!("exercises/{}/", exercise.id);
    let by_file = || {
        places.iter().find_map(|place| {
            let (_, path) = place.file.rsplit_once(&folder)?;
            // The model's root names the very same files, from its own folder.
            question_of(exercise, path.strip_prefix("model/../").unwrap_or(path))
        })
    };
    let matching = |test: &dyn Fn(&Location, &Question) -> bool| {
        places
            .iter()
            .find_map(|place| exercise.questions.iter().find(|question| test(place, question)))
    };
    let by_export = || {
        matching(&|place, question| place.lines.iter().any(|line| line.contains(stem(question))))
    };
    let by_test = || {
        matching(&|place, question| {
            [module(question), schedule_module(question)]
                .iter()
                .any(|name| place.file.ends_with(&format!("/{name}.rs")))
        })
    };
    by_file().or_else(by_export).or_else(by_test)
}

/// What the student of a question reads that does not compile.
///
/// `out` are the questions that were taken out before: one that uses them does not
/// compile for that reason. `crates` are those that the exercise may use.
#[must_use]
pub fn told(exercise: &Exercise, text: &str, out: &[&Question], crates: &[String]) -> String {
    let used = out.iter().find(|other| text.contains(stem(other)));
    let mut message = match used {
        Some(other) => format!(
            "this question uses question {}, which does not compile. Fix {} first. The compiler's first words:\n{text}",
            other.id, other.file
        ),
        None => format!("does not compile. The compiler's first words:\n{text}"),
    };
    let asks_for_crate =
        text.contains("use of unresolved module or unlinked crate") || text.contains("cargo add");
    if asks_for_crate && used.is_none() {
        message += &format!(
            "\nThe manifest belongs to the kit, so `cargo add` does not help here. Beside `std`, {} may use: {}.",
            exercise.id,
            crates.join(", ")
        );
    }
    message
}

/// The first lines of what the compiler said.
#[must_use]
pub fn shortened(text: &str) -> String {
    let mut lines: Vec<&str> = text.trim_end().lines().collect();
    if lines.len() > SHOWN_LINES {
        lines.truncate(SHOWN_LINES);
        lines.push("… (more errors follow; fix these first)");
    }
    lines.join("\n")
}

#[cfg(test)]
pub(super) mod tests {
    use course::catalog::Exercise;

    use super::{Blame, blame, told};
    use crate::workspace::diagnostics::{CompilerError, Location};

    pub(in crate::workspace) fn exercise() -> Exercise {
        let question = |number: u8, name: &str| {
            format!(
                "[[question]]\nid = \"1.{number}\"\ntitle = \"t\"\nfile = \"src/q1_{number}_{name}.rs\"\nhints = [\"a\", \"b\", \"c\"]\n[[question.check]]\nid = \"1.{number}/x\"\nkind = \"behaviour\"\npoints = 1\nproves = \"p\"\n"
            )
        };
        let text = "id = \"exercise1\"\ntitle = \"t\"\nstars = 1\n".to_owned();
        Exercise::parse(&(text + &question(1, "a") + &question(2, "b"))).unwrap()
    }

    fn error(text: &str, target: &str, places: &[(&str, bool, &str)]) -> CompilerError {
        let place = |&(file, is_primary, line): &(&str, bool, &str)| Location {
            file: file.to_owned(),
            is_primary,
            lines: vec![line.to_owned()],
        };
        CompilerError {
            target: target.to_owned(),
            text: text.to_owned(),
            places: places.iter().map(place).collect(),
        }
    }

    fn of(error: CompilerError) -> Blame {
        blame(&exercise(), &[error])
    }

    #[test]
    fn an_error_belongs_to_the_question_whose_file_it_points_into() {
        for file in [
            "exercises/exercise1/src/q1_2_b.rs",
            "exercises/exercise1/src/q1_2_b/helper.rs",
            "/stage/exercises/exercise1/src/q1_2_b.rs",
        ] {
            let blame = of(error("error: no", "exercise1", &[(file, true, "")]));
            assert_eq!(blame.questions.keys().collect::<Vec<_>>(), ["1.2"], "{file}");
        }
        let lib = "exercises/exercise1/src/lib.rs";
        let blame = of(error("error: no", "exercise1", &[(lib, true, "pub use q1_1_a::a;")]));
        assert_eq!(blame.questions.keys().collect::<Vec<_>>(), ["1.1"]);
        let test = "tests/graded/exercise1/q1_2.rs";
        let blame = of(error("error: no", "graded1", &[(test, true, "b()")]));
        assert_eq!(blame.questions.keys().collect::<Vec<_>>(), ["1.2"]);
    }

    /// Nobody pays for these before somebody has looked.
    #[test]
    fn an_error_without_a_students_place_is_nobodys() {
        for unclear in [
            error("error: no global memory allocator found", "exercise1", &[]),
            error("error: linker `cc` not found", "graded1", &[]),
            error("error: failed to write x: No space left on device", "exercise1", &[]),
            error("error: no", "harness", &[("tests/lib/harness/src/run.rs", true, "x")]),
            error(
                "error[E0463]: can't find crate",
                "exercise1",
                &[("exercises/exercise1/src/q1_1_a.rs", true, "use records::x;")],
            ),
        ] {
            let text = unclear.text.clone();
            let blame = of(unclear);
            assert!(blame.questions.is_empty() && blame.models.is_empty(), "{text}");
            assert_eq!(blame.unclear, [text]);
        }
    }

    #[test]
    fn what_only_the_model_refuses_is_kept_apart() {
        let file = "exercises/exercise1/model/../src/q1_1_a.rs";
        let blame = of(error("error: no", "exercise1_model", &[(file, true, "")]));
        assert_eq!(blame.models.keys().collect::<Vec<_>>(), ["1.1"]);
        let test = "tests/graded/exercise1/q1_2_schedule.rs";
        let blame = of(error("error: no", "graded1", &[(test, true, "")]));
        assert_eq!(blame.models.keys().collect::<Vec<_>>(), ["1.2"]);
    }

    #[test]
    fn a_question_that_uses_a_broken_one_is_told_so() {
        let exercise = exercise();
        let text = "error[E0432]: unresolved import `crate::q1_1_a`";
        let out: Vec<_> = exercise.questions.iter().take(1).collect();
        assert!(told(&exercise, text, &out, &[]).starts_with("this question uses question 1.1, "));
        assert!(told(&exercise, text, &[], &[]).starts_with("does not compile."));
    }

    #[test]
    fn who_wants_another_crate_is_told_which_there_are() {
        let text = "error[E0432]: unresolved import `regex`\nhelp: use of unresolved module or unlinked crate `regex`";
        let message = told(&exercise(), text, &[], &["itertools".to_owned()]);
        assert!(message.contains("may use: itertools."), "{message}");
    }
}
