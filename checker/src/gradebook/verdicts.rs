//! Verdicts in a gradebook: stored at once, and shared by everyone with the same
//! code.

use std::collections::BTreeMap;

use course::verdict::Judgement;
use kit::error::UserError;
use rusqlite::{Row, params};

use super::Gradebook;
use crate::grade::event::Judged;

impl Gradebook {
    /// Stores what was decided of a check. A verdict that stands stays; one that left
    /// the points open gives way.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn store(&self, key: &str, check: &str, judged: &Judged) -> Result<(), UserError> {
        let Judged { judgement, duration_s, evidence, plots } = judged;
        let text = serde_json::to_string(judgement).unwrap_or_default();
        let path = |path: &Option<std::path::PathBuf>| {
            path.as_ref().map(|path| path.display().to_string())
        };
        let sql =
            "INSERT INTO verdict (key, check_id, is_open, judgement, duration_s, evidence, plots)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (key, check_id) DO UPDATE SET is_open = excluded.is_open,
                 judgement = excluded.judgement, duration_s = excluded.duration_s,
                 evidence = excluded.evidence, plots = excluded.plots
             WHERE verdict.is_open";
        let is_open = judgement.verdict.is_undecided();
        let row = params![key, check, is_open, text, duration_s, path(evidence), path(plots)];
        self.tables
            .prepare_cached(sql)
            .and_then(|mut insert| insert.execute(row))
            .map(drop)
            .map_err(|error| self.refused(&error))
    }

    /// What is known of an exercise by its key: each check's verdict. What cannot be
    /// read is not known.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn verdicts(&self, key: &str) -> Result<BTreeMap<String, Judged>, UserError> {
        let sql =
            "SELECT check_id, judgement, duration_s, evidence, plots FROM verdict WHERE key = ?1";
        let read = || {
            let mut select = self.tables.prepare_cached(sql)?;
            let rows = select.query_map([key], judged)?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        let rows = read().map_err(|error| self.refused(&error))?;
        Ok(rows.into_iter().filter_map(|(check, judged)| Some((check, judged?))).collect())
    }
}

/// One verdict, with the name of its check.
fn judged(row: &Row<'_>) -> rusqlite::Result<(String, Option<Judged>)> {
    let judgement: String = row.get(1)?;
    let judgement: Option<Judgement> = serde_json::from_str(&judgement).ok();
    let path = |at| Ok::<_, rusqlite::Error>(row.get::<_, Option<String>>(at)?.map(Into::into));
    let (duration_s, evidence, plots) = (row.get(2)?, path(3)?, path(4)?);
    let judged = judgement.map(|judgement| Judged { judgement, duration_s, evidence, plots });
    Ok((row.get(0)?, judged))
}
