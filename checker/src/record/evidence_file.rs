//! Evidence files: raw numbers on disk, written whole and read with care.

use std::path::Path;

use anyhow::{Context, Result};
use course::evidence::Evidence;

use super::whole_file::write_whole;

/// Writes an evidence file whole or not at all.
///
/// # Errors
/// When the file cannot be written.
pub fn write_evidence(file: &Path, evidence: &Evidence) -> Result<()> {
    write_whole(file, &serde_json::to_vec(evidence)?)
}

/// Reads an evidence file.
///
/// # Errors
/// When it cannot be read, or is not an evidence file.
pub fn read_evidence(file: &Path) -> Result<Evidence> {
    let bytes = std::fs::read(file).with_context(|| file.display().to_string())?;
    serde_json::from_slice(&bytes)
        .with_context(|| format!("{}: not an evidence file", file.display()))
}
