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

use super::Bundle;
use crate::new_folder::put;

/// What the archive is called.
const ARCHIVE: &str = "autograder.zip";

pub(super) fn write(bundle: &Bundle<'_>, folder: &Path) -> Result<String> {
    let course = folder.join("course");
    bundle.image(&course)?;
    put(&course.join("nothing"), bundle.template("gradescope-nothing.json", &[])?)?;
    let selection = bundle.exercises().into_iter().map(|(_, names)| names).collect::<Vec<_>>();
    let run = bundle.template("gradescope-run.sh", &[("@SELECTION@", &selection.join(" "))])?;
    let setup = bundle.template("gradescope-setup.sh", &[])?;
    let file = File::create_new(folder.join(ARCHIVE)).context(ARCHIVE)?;
    let mut archive = ZipWriter::new(BufWriter::new(file));
    for (name, text) in [("setup.sh", setup), ("run_autograder", run)] {
        archive.start_file(name, SimpleFileOptions::default().unix_permissions(0o755))?;
        archive.write_all(text.as_bytes())?;
    }
    add(&mut archive, &course, "course")?;
    archive.finish()?.into_inner().map_err(|error| error.into_error())?.sync_all()?;
    std::fs::remove_dir_all(&course).with_context(|| course.display().to_string())?;
    Ok(format!("upload {ARCHIVE} as the assignment's autograder"))
}

/// Adds a folder with all that is in it.
fn add(archive: &mut ZipWriter<BufWriter<File>>, folder: &Path, name: &str) -> Result<()> {
    for path in crate::kit::files::list(folder)? {
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
