//! The record as JSON, as far as its reader may see it; its published schema is
//! `record.schema.json`.

use super::{Form, View};

pub(super) const FORM: Form = Form {
    name: "json",
    about: "The record of the attempt (schema version 1)",
    render: |view: &View, _| {
        // Every part of a view is plain data, which serialises.
        serde_json::to_string_pretty(view).unwrap_or_default() + "\n"
    },
};

#[cfg(test)]
mod tests {
    use course::catalog::Kind;
    use course::verdict::{Reason, Verdict};
    use serde_json::{Value, json};

    use crate::record::SCHEMA_VERSION;
    use crate::report::Reader;
    use crate::report::tests::{nothing_graded, rendered, rendered_of};

    fn schema() -> Value {
        serde_json::from_str(include_str!("../../record.schema.json")).unwrap()
    }

    /// A field that is new, gone or another one needs a new version of the schema.
    #[test]
    fn what_is_written_is_what_the_schema_says() {
        let schema = jsonschema::validator_for(&schema()).unwrap();
        let nothing = rendered_of(&nothing_graded(), "json", Reader::Student);
        let readers = [Reader::Student, Reader::Instructor, Reader::Public];
        let records = readers.map(|reader| rendered("json", reader)).into_iter().chain([nothing]);
        for record in records {
            let record: Value = serde_json::from_str(&record).unwrap();
            let errors: Vec<String> =
                schema.iter_errors(&record).map(|error| error.to_string()).collect();
            assert_eq!(errors, Vec::<String>::new());
            // Each object is closed, so that a new field is seen.
            let mut more = record.clone();
            more["more"] = 1.into();
            assert!(!schema.is_valid(&more));
            let mut less = record;
            less.as_object_mut().unwrap().remove("salt");
            assert!(!schema.is_valid(&less));
        }
    }

    #[test]
    fn the_schema_knows_every_word() {
        let schema = schema();
        assert_eq!(schema["properties"]["schema_version"]["const"], SCHEMA_VERSION);
        let check = &schema["$defs"]["check"]["properties"];
        let is_known =
            |words: &Value, word: Value| words["enum"].as_array().unwrap().contains(&word);
        for verdict in [Verdict::Pass, Verdict::NotMeasurable, Verdict::NeedsReview, Verdict::Error]
        {
            assert!(is_known(&check["verdict"], json!(verdict)), "{verdict}");
        }
        for reason in [Reason::Proved, Reason::HeapAboveBound, Reason::Interrupted] {
            assert!(is_known(&check["reason"], json!(reason)), "{reason:?}");
        }
        assert!(is_known(&check["kind"], json!(Kind::Manual)));
    }
}
