//! The image and the files of labs that Autolab grades with.
//!
//! Rules: `docs/lab.md` of Autolab. Autolab unpacks nothing: it copies the handed-in file,
//! `autograde.tar` and the Makefile into a folder and runs `make` there. The last line
//! that comes out is the result, with a score for each problem of the lab.

use std::fs::File;
use std::path::Path;

use anyhow::{Context, Result};
use course::points::Points;

use super::Bundle;
use crate::new_folder::put;

/// What the image is called, until the course calls it otherwise.
const IMAGE: &str = "parallel_course";

/// What a student hands in is called by then.
const HANDIN: &str = "handin.zip";

pub(super) fn write(bundle: &Bundle<'_>, folder: &Path) -> Result<String> {
    let image = folder.join("image");
    bundle.image(&image.join("course"))?;
    let text = bundle.template("autolab.Dockerfile", &[("@IMAGE@", IMAGE)])?;
    put(&image.join("Dockerfile"), text)?;
    put(&image.join("course/nothing"), "nothing\n")?;
    for (exercise, names) in bundle.exercises() {
        let lab = folder.join("labs").join(&exercise.id);
        put(&lab.join("autograde-Makefile"), bundle.template("autograde-Makefile", &[])?)?;
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
        put(&lab.join(format!("{}.yml", exercise.id)), text)?;
        let script = bundle.template("autolab-run.sh", &places)?;
        let file = File::create_new(lab.join("autograde.tar")).context("autograde.tar")?;
        let mut archive = tar::Builder::new(file);
        let mut header = tar::Header::new_gnu();
        header.set_size(script.len() as u64);
        header.set_mode(0o755);
        archive.append_data(&mut header, "run.sh", script.as_bytes())?;
        archive.into_inner()?.sync_all()?;
    }
    Ok(format!(
        "build the image ({IMAGE}) in `image` where Tango runs, and import the labs of `labs`"
    ))
}
