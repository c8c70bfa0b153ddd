//! The image and the files of labs that Autolab grades with.
//!
//! Rules: `docs/lab.md` of Autolab. Autolab unpacks nothing: it copies the handed-in file,
//! `autograde.tar` and the Makefile into a folder and runs `make` there. The last line
//! that comes out is the result, with a score for each problem of the lab.

use anyhow::Result;
use course::points::Points;

use super::{Bundle, Parts};

/// What the image is called, until the course calls it otherwise.
const IMAGE: &str = "parallel_course";

/// What a student hands in is called by then.
const HANDIN: &str = "handin.zip";

pub(super) fn parts(bundle: &Bundle<'_>) -> Result<Parts> {
    let next = format!(
        "build the image ({IMAGE}) in `image` where Tango runs, and import the labs of `labs`"
    );
    let mut parts = Parts::new("image/course", next);
    let text = bundle.template("autolab.Dockerfile", &[("@IMAGE@", IMAGE)])?;
    parts.put("image/Dockerfile", text);
    parts.put("image/course/nothing", "nothing\n");
    for (exercise, names) in bundle.exercises() {
        let lab = format!("labs/{}", exercise.id);
        let makefile = bundle.template("autograde-Makefile", &[])?;
        parts.put(format!("{lab}/autograde-Makefile"), makefile);
        let chosen = bundle.selection.of(exercise);
        let points: Points = chosen.iter().map(|question| question.points()).sum();
        let points = points.to_string();
        let places = [
            ("@HANDIN@", HANDIN),
            ("@EXERCISE@", &*exercise.id),
            ("@SELECTION@", &names),
            ("@TITLE@", &exercise.title),
            ("@IMAGE@", IMAGE),
            ("@POINTS@", &points),
        ];
        let text = bundle.template("autolab-lab.yml", &places)?;
        parts.put(format!("{lab}/{}.yml", exercise.id), text);
        let script = bundle.template("autolab-run.sh", &places)?;
        let mut archive = tar::Builder::new(Vec::new());
        let mut header = tar::Header::new_gnu();
        header.set_size(script.len() as u64);
        header.set_mode(0o755);
        archive.append_data(&mut header, "run.sh", script.as_bytes())?;
        parts.put(format!("{lab}/autograde.tar"), archive.into_inner()?);
    }
    Ok(parts)
}
