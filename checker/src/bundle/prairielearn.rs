//! The image and the questions that PrairieLearn grades with.
//!
//! Rules: `docs/externalGrading.md` and the schema of `info.json` of PrairieLearn. The
//! submission is in `/grade/student`; what is in `/grade/results/results.json` counts.

use anyhow::Result;
use course::catalog::Exercise;
use kit::layout::ANSWERS;
use serde_json::json;

use super::{Bundle, Parts};

/// What the image is called, until the course calls it otherwise.
const IMAGE: &str = "parallel-course-grader";

/// Seconds that a grading may take; PrairieLearn allows no more.
const TIMEOUT: u32 = 600;

pub(super) fn parts(bundle: &Bundle<'_>) -> Result<Parts> {
    let next = format!(
        "build the image ({IMAGE}) in `image`, push it to where your server takes images from, \
         and copy `questions` into the course"
    );
    let mut parts = Parts::new("image/course", next);
    let text = bundle.template("prairielearn.Dockerfile", &[("@IMAGE@", IMAGE)])?;
    parts.put("image/Dockerfile", text);
    parts.put("image/course/run.sh", bundle.template("prairielearn-run.sh", &[])?);
    parts.put("image/course/nothing", bundle.template("prairielearn-nothing.json", &[])?);
    for (exercise, names) in bundle.exercises() {
        let question = format!("questions/{}", exercise.id);
        let info = json!({
            "uuid": uuid(&exercise.id),
            "title": exercise.title,
            "topic": "Parallel computing",
            "type": "v3",
            "gradingMethod": "External",
            "singleVariant": true,
            "showCorrectAnswer": false,
            "externalGradingOptions": {
                "enabled": true,
                "image": IMAGE,
                "entrypoint": format!("sh /course/run.sh {names}"),
                "timeout": TIMEOUT,
            },
        });
        let info = serde_json::to_string_pretty(&info)? + "\n";
        parts.put(format!("{question}/info.json"), info);
        parts.put(format!("{question}/question.html"), page(bundle, exercise)?);
    }
    Ok(parts)
}

/// The page on which a student hands the files of an exercise in.
fn page(bundle: &Bundle<'_>, exercise: &Exercise) -> Result<String> {
    let questions = bundle.selection.of(exercise);
    let files = questions.iter().filter_map(|question| question.file.rsplit('/').next());
    let names = files.chain([ANSWERS]).collect::<Vec<_>>().join(", ");
    bundle.template(
        "prairielearn-question.html",
        &[("@FILES@", &*names), ("@TITLE@", &exercise.title)],
    )
}

/// A name that is the same each time; PrairieLearn knows questions by it.
fn uuid(id: &str) -> String {
    let hex = blake3::hash(format!("prairielearn {id}").as_bytes()).to_hex();
    // The version and variant of a name that follows rules of one's own: RFC 9562, 5.8.
    format!("{}-{}-8{}-8{}-{}", &hex[..8], &hex[8..12], &hex[12..15], &hex[15..18], &hex[18..30])
}

#[cfg(test)]
mod tests {
    use super::uuid;

    #[test]
    fn names_are_well_formed_and_differ() {
        let lengths: Vec<usize> = uuid("exercise1").split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12]);
        assert_eq!(uuid("exercise1"), uuid("exercise1"));
        assert_ne!(uuid("exercise1"), uuid("exercise2"));
    }
}
