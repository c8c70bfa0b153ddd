//! Evidence files: raw numbers on disk, written whole and read with care.

use std::path::Path;

use anyhow::{Context, Result};
use course::evidence::Evidence;

/// Writes an evidence file whole or not at all.
///
/// # Errors
/// When the file cannot be written.
pub fn write_evidence(file: &Path, evidence: &Evidence) -> Result<()> {
    let unfinished = file.with_extension("unfinished");
    let json = serde_json::to_vec(evidence)?;
    std::fs::write(&unfinished, json).with_context(|| unfinished.display().to_string())?;
    std::fs::rename(&unfinished, file).with_context(|| file.display().to_string())
}

/// Reads an evidence file.
///
/// # Errors
/// When it cannot be read, or is none.
pub fn read_evidence(file: &Path) -> Result<Evidence> {
    let bytes = std::fs::read(file).with_context(|| file.display().to_string())?;
    serde_json::from_slice(&bytes)
        .with_context(|| format!("{}: not an evidence file", file.display()))
}
