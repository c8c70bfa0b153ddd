//! Reports: one record, one small file for each form.

mod json;
mod markdown;
mod terminal;

use crate::cli::Format;
use crate::record::Attempt;

/// The report of an attempt in one of the forms. `colour` is for terminals.
#[must_use]
pub fn render(attempt: &Attempt, format: Format, colour: bool) -> String {
    match format {
        Format::Terminal => terminal::render(attempt, colour),
        Format::Json => json::render(attempt),
        Format::Markdown => markdown::render(attempt),
    }
}
