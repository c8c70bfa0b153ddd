//! The archive that Gradescope takes as an autograder.
//!
//! Rules: `docs/specs.md` and `docs/troubleshooting.md` of Gradescope's samples. `setup.sh`
//! and `run_autograder` lie at the top of the archive, which is unpacked in
//! `/autograder/source`; the submission is in `/autograder/submission`.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{Bundle, Parts};

/// What the archive is called.
const ARCHIVE: &str = "autograder.zip";

/// The scripts at its top.
const SCRIPTS: [&str; 2] = ["setup.sh", "run_autograder"];

/// The folder that the image is made from.
const COURSE: &str = "course";

pub(super) fn parts(bundle: &Bundle<'_>) -> Result<Parts> {
    let next = format!("upload {ARCHIVE} as the assignment's autograder");
    let mut parts = Parts::new(COURSE, next);
    let nothing = bundle.template("gradescope-nothing.json", &[])?;
    parts.put(format!("{COURSE}/nothing"), nothing);
    let selection = bundle.exercises().into_iter().map(|(_, names)| names).collect::<Vec<_>>();
    let run = bundle.template("gradescope-run.sh", &[("@SELECTION@", &selection.join(" "))])?;
    parts.put(SCRIPTS[0], bundle.template("gradescope-setup.sh", &[])?);
    parts.put(SCRIPTS[1], run);
    Ok(parts)
}

/// Puts all that is in a folder into an archive, which is left there alone.
pub(super) fn pack(folder: &Path) -> Result<()> {
    let file = File::create_new(folder.join(ARCHIVE)).context(ARCHIVE)?;
    let mut archive = ZipWriter::new(BufWriter::new(file));
    for name in SCRIPTS {
        let path = folder.join(name);
        archive.start_file(name, SimpleFileOptions::default().unix_permissions(0o755))?;
        archive.write_all(&std::fs::read(&path).with_context(|| path.display().to_string())?)?;
        std::fs::remove_file(&path).with_context(|| path.display().to_string())?;
    }
    let course = folder.join(COURSE);
    add(&mut archive, &course, COURSE)?;
    archive.finish()?.into_inner().map_err(|error| error.into_error())?.sync_all()?;
    std::fs::remove_dir_all(&course).with_context(|| course.display().to_string())
}

/// Adds a folder with all that is in it.
fn add(archive: &mut ZipWriter<BufWriter<File>>, folder: &Path, name: &str) -> Result<()> {
    for path in kit::files::list(folder)? {
        let Some(last) = path.file_name().and_then(|name| name.to_str()) else { continue };
        let name = format!("{name}/{last}");
        if path.is_dir() {
            add(archive, &path, &name)?;
            continue;
        }
        let is_program = last.ends_with(".sh") || name.contains("/bin/");
        let mode = if is_program { 0o755 } else { 0o644 };
        archive.start_file(name, SimpleFileOptions::default().unix_permissions(mode))?;
        let mut file = File::open(&path).with_context(|| path.display().to_string())?;
        std::io::copy(&mut file, archive)?;
    }
    Ok(())
}
