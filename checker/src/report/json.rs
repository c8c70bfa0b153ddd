//! The record as JSON, as it stands.

use crate::record::Attempt;

pub(super) fn render(attempt: &Attempt) -> String {
    serde_json::to_string_pretty(attempt)
        .map_or_else(|error| format!("{{\"error\":\"{error}\"}}\n"), |json| json + "\n")
}
