//! What cargo reports about a build, read from its messages.

use std::path::PathBuf;

use course::catalog::Exercise;
use serde::Deserialize;

/// The messages of one build.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics {
    /// Whether cargo says that all was built.
    pub success: bool,
    /// The programs that were built or are still good, by the name of their target.
    pub programs: Vec<(String, PathBuf)>,
    /// Errors of the compiler, in the order in which they came.
    pub errors: Vec<CompilerError>,
    /// Warnings about the exercise's own files and its tests.
    pub warnings: Vec<String>,
}

/// One error of the compiler.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CompilerError {
    /// The target that was compiled.
    pub target: String,
    /// The error as the compiler shows it.
    pub text: String,
    /// Where it is: primary places first, and for one inside of a macro also the
    /// call of that macro.
    pub places: Vec<Location>,
}

/// A place that an error points to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Location {
    /// The file, by its path in the stage.
    pub file: String,
    /// Whether the error is there, and not only explained there.
    pub is_primary: bool,
    /// The lines of the file.
    pub lines: Vec<String>,
}

impl Diagnostics {
    /// Reads the JSON lines that cargo writes to its standard output.
    #[must_use]
    pub fn read(exercise: &Exercise, output: &[u8]) -> Self {
        let mut found = Self::default();
        for line in output.split(|&byte| byte == b'\n') {
            let Ok(message) = serde_json::from_slice::<Message>(line) else { continue };
            let target = message.target.map(|target| target.name).unwrap_or_default();
            match (message.reason.as_str(), message.message) {
                ("build-finished", _) => found.success = message.success == Some(true),
                ("compiler-artifact", _) => {
                    found.programs.extend(message.executable.map(|path| (target, path)));
                }
                ("compiler-message", Some(diagnostic)) => found.add(exercise, target, diagnostic),
                _ => {}
            }
        }
        found
    }

    fn add(&mut self, exercise: &Exercise, target: String, diagnostic: Diagnostic) {
        let text = diagnostic.rendered.unwrap_or_default();
        let (primary, others): (Vec<_>, Vec<_>) =
            diagnostic.spans.into_iter().partition(|span| span.is_primary);
        let places: Vec<Location> =
            primary.into_iter().chain(others).flat_map(Span::places).collect();
        if diagnostic.level.starts_with("error") {
            // "aborting due to 2 previous errors" says nothing of its own.
            if !(places.is_empty() && text.starts_with("error: aborting due to")) {
                self.errors.push(CompilerError { target, text, places });
            }
        } else if diagnostic.level == "warning"
            && places.iter().any(|place| place.file.contains(&format!("{}/", exercise.id)))
        {
            self.warnings.push(text);
        }
    }

    /// Where the program of a target is.
    #[must_use]
    pub fn program(&self, target: &str) -> Option<&PathBuf> {
        self.programs.iter().find(|(name, _)| name == target).map(|(_, path)| path)
    }
}

#[derive(Debug, Deserialize)]
struct Message {
    reason: String,
    target: Option<Target>,
    executable: Option<PathBuf>,
    message: Option<Diagnostic>,
    success: Option<bool>,
}

#[derive(Debug, Deserialize)]
struct Target {
    name: String,
}

#[derive(Debug, Deserialize)]
struct Diagnostic {
    level: String,
    rendered: Option<String>,
    spans: Vec<Span>,
}

#[derive(Debug, Deserialize)]
struct Span {
    file_name: String,
    is_primary: bool,
    text: Vec<SpanText>,
    expansion: Option<Box<Expansion>>,
}

impl Span {
    /// The span itself, and where it stands inside of a macro, the call of that
    /// macro, and of the macro around it: the student's file is there at last.
    fn places(self) -> Vec<Location> {
        let is_primary = self.is_primary;
        let mut places = Vec::new();
        let mut next = Some(self);
        while let Some(span) = next {
            let lines = span.text.into_iter().map(|line| line.text).collect();
            places.push(Location { file: span.file_name, is_primary, lines });
            next = span.expansion.map(|expansion| expansion.span);
        }
        places
    }
}

/// The call of the macro that a span stands in.
#[derive(Debug, Deserialize)]
struct Expansion {
    span: Span,
}

#[derive(Debug, Deserialize)]
struct SpanText {
    text: String,
}

#[cfg(test)]
mod tests {
    use super::Diagnostics;
    use crate::workspace::blame::tests::exercise;

    #[test]
    fn messages_of_cargo_become_programs_errors_and_warnings() {
        let output = br#"not json
{"reason":"compiler-message","target":{"name":"exercise1"},"message":{"level":"error","rendered":"error: one","spans":[
{"reason":"compiler-message","target":{"name":"exercise1"},"message":{"level":"error","rendered":"error: deep","spans":[{"file_name":"other.rs","is_primary":false,"text":[],"expansion":null},{"file_name":"macros.rs","is_primary":true,"text":[{"text":"a!()"}],"expansion":{"span":{"file_name":"exercises/exercise1/src/q1_1_a.rs","is_primary":false,"text":[{"text":"b!()"}],"expansion":null}}}]}}
{"reason":"compiler-message","target":{"name":"exercise1"},"message":{"level":"error","rendered":"error: aborting due to 1 previous error","spans":[]}}
{"reason":"compiler-message","target":{"name":"harness"},"message":{"level":"warning","rendered":"not ours","spans":[]}}
{"reason":"compiler-artifact","target":{"name":"graded1"},"executable":"/build/graded1"}
{"reason":"compiler-artifact","target":{"name":"harness"},"executable":null}
{"reason":"build-finished","success":false}
"#;
        let found = Diagnostics::read(&exercise(), output);
        assert!(!found.success && found.warnings.is_empty());
        assert_eq!(found.program("graded1").unwrap().to_str(), Some("/build/graded1"));
        assert_eq!(found.errors.len(), 1, "{:?}", found.errors);
        let files: Vec<_> = found.errors[0].places.iter().map(|place| &*place.file).collect();
        assert_eq!(files, ["macros.rs", "exercises/exercise1/src/q1_1_a.rs", "other.rs"]);
        assert!(found.errors[0].places[1].is_primary);
    }
}
