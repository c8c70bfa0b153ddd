//! The record as JSON, as far as its reader may see it.

use super::{Form, View};

pub(super) const FORM: Form = Form {
    name: "json",
    about: "The record of the attempt (schema version 1)",
    render: |view: &View, _| {
        // Every part of a view is plain data, which serialises.
        serde_json::to_string_pretty(view).unwrap_or_default() + "\n"
    },
};
