//! The result of a run on a request, as one small file. It comes from a job that ran the
//! request's code, so a reader checks everything in it before believing it.

use std::collections::BTreeSet;

use course::points::Points;
use kit::Kit;
use serde::{Deserialize, Serialize};

use crate::report::View;

/// Version of the file.
pub const VERSION: u32 = 1;

/// Largest file that is read.
const FILE_CAP: usize = 4 << 20;

/// Most files of a request that are named.
pub(super) const NAMED_CAP: usize = 100;

/// The outcome of one run on one request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CiOutcome {
    /// [`VERSION`].
    pub schema_version: u32,
    /// The commit that the kit is from.
    pub base: String,
    /// The commit that was graded.
    pub head: String,
    /// The questions that the request touches, or that were open before.
    pub questions: Vec<String>,
    /// Files that the request changes and that are not a student's: none was taken.
    pub elsewhere: Vec<String>,
    /// Those questions before the request; none if nothing was graded.
    pub before: Option<View>,
    /// Those questions after it.
    pub after: Option<View>,
}

impl CiOutcome {
    /// Reads an outcome and holds it to the kit: every check is one of the kit's with
    /// its points, nothing earns more than it can, and every sum is the sum.
    ///
    /// # Errors
    /// When it is not an outcome of this kit's, in words.
    pub fn read(kit: &Kit, bytes: &[u8]) -> Result<Self, String> {
        if bytes.len() > FILE_CAP {
            return Err(format!("it is larger than {} MiB", FILE_CAP >> 20));
        }
        let outcome: Self =
            serde_json::from_slice(bytes).map_err(|error| format!("not an outcome: {error}"))?;
        if outcome.schema_version != VERSION {
            let version = outcome.schema_version;
            return Err(format!("version {version}, this checker reads {VERSION}"));
        }
        for commit in [&outcome.base, &outcome.head] {
            let is_hash = commit.len() >= 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit());
            if !is_hash || commit.len() > 64 {
                return Err("a commit is no hash".to_owned());
            }
        }
        if let Some(id) = outcome.questions.iter().find(|id| kit.question(id).is_none()) {
            return Err(format!("there is no question {:.20}", id));
        }
        if outcome.elsewhere.len() > NAMED_CAP {
            return Err("it names too many files".to_owned());
        }
        outcome.before.iter().chain(&outcome.after).try_for_each(|view| hold_to_kit(kit, view))?;
        Ok(outcome)
    }
}

/// Whether a view could have come from grading with this kit.
fn hold_to_kit(kit: &Kit, view: &View) -> Result<(), String> {
    let is = |holds: bool, what: &str| if holds { Ok(()) } else { Err(what.to_owned()) };
    is(view.kit == kit.hash, "it was graded with another kit")?;
    let mut seen = BTreeSet::new();
    for exercise in &view.exercises {
        for question in &exercise.questions {
            is(seen.insert(&question.id), "a question is there twice")?;
            let known = kit.question(&question.id);
            let (_, known) = known.ok_or_else(|| format!("no question {:.20}", question.id))?;
            is(question.title == known.title && question.file == known.file, "a question differs")?;
            for check in &question.checks {
                is(seen.insert(&check.id), "a check is there twice")?;
                let one = known.checks.iter().find(|one| one.id == check.id);
                let one = one.ok_or_else(|| format!("no check {:.40}", check.id))?;
                let is_same = one.points == check.points && one.kind == check.kind;
                is(is_same && one.proves == check.proves && !one.hidden, "a check differs")?;
                let is_open = check.verdict.is_undecided() && check.earned > Points::ZERO;
                is(check.earned <= check.points && !is_open, "a check earns too much")?;
            }
            let hidden = question.hidden.unwrap_or_default();
            is(hidden.points <= known.points(), "a question has too many points")?;
            let shown: Points = question.checks.iter().map(|check| check.earned).sum();
            let sum: Points = [shown, hidden.earned].into_iter().sum();
            is(sum == question.score && hidden.earned <= hidden.points, "a sum is wrong")?;
            is(question.max_score <= known.points(), "a question has too many points")?;
        }
        let sum: Points = exercise.questions.iter().map(|question| question.score).sum();
        is(sum == exercise.score, "a sum is wrong")?;
    }
    let sum: Points = view.exercises.iter().map(|exercise| exercise.score).sum();
    is(sum == view.score, "a sum is wrong")
}

#[cfg(test)]
mod tests {
    use jsonschema::Registry;
    use serde_json::{Value, json};

    use super::{CiOutcome, NAMED_CAP, VERSION};
    use crate::report::tests::attempt;
    use crate::report::{Reader, View};

    /// Where the schemas refer to each other from.
    const BASE: &str = "file:///schemas/";

    fn outcome() -> CiOutcome {
        let view = View::new(&attempt(), Reader::Student);
        CiOutcome {
            schema_version: VERSION,
            base: "0".repeat(40),
            head: "f".repeat(64),
            questions: vec!["9.1".to_owned()],
            elsewhere: vec!["Cargo.toml".to_owned(); NAMED_CAP],
            before: None,
            after: Some(view),
        }
    }

    /// A field that is new, gone or another one needs a new version of the schema.
    #[test]
    fn what_is_written_is_what_the_schema_says() {
        let schema: Value =
            serde_json::from_str(include_str!("../../outcome.schema.json")).unwrap();
        let record: Value = serde_json::from_str(include_str!("../../record.schema.json")).unwrap();
        let registry = Registry::new().add(format!("{BASE}record.schema.json"), &record).unwrap();
        let registry = registry.prepare().unwrap();
        let options = jsonschema::options().with_registry(&registry).with_base_uri(BASE);
        let schema = options.build(&schema).unwrap();
        let written = serde_json::to_value(outcome()).unwrap();
        let errors: Vec<String> =
            schema.iter_errors(&written).map(|error| error.to_string()).collect();
        assert_eq!(errors, Vec::<String>::new());
        for field in written.as_object().unwrap().keys() {
            let mut less = written.clone();
            less.as_object_mut().unwrap().remove(field);
            assert!(!schema.is_valid(&less), "{field}");
        }
        let changes: [fn(&mut Value); 5] = [
            |outcome| outcome["more"] = 1.into(),
            |outcome| outcome["schema_version"] = 2.into(),
            |outcome| outcome["after"]["more"] = 1.into(),
            |outcome| outcome["head"] = "$(id)".into(),
            |outcome| outcome["elsewhere"] = json!(vec!["x"; NAMED_CAP + 1]),
        ];
        for (number, change) in changes.into_iter().enumerate() {
            let mut changed = written.clone();
            change(&mut changed);
            assert!(!schema.is_valid(&changed), "change {number}");
        }
    }
}
