//! A change of a solution: the few lines in which a known mistake differs.

use anyhow::{Result, ensure};
use serde::{Deserialize, Serialize};

/// What stands in the solution, and what the submission has in its place.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// A piece of the solution that stands there once.
    pub from: String,
    /// What replaces it.
    pub to: String,
}

/// The solution with all changes, one after another.
///
/// # Errors
/// When a piece is not there, or more than once: then the solution has moved on.
pub fn apply(solution: &str, changes: &[Change]) -> Result<String> {
    let mut text = solution.to_owned();
    for Change { from, to } in changes {
        let count = text.matches(from.as_str()).count();
        ensure!(count == 1, "`{from}` stands in the solution {count} times, not once");
        text = text.replacen(from.as_str(), to, 1);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::{Change, apply};

    fn change(from: &str, to: &str) -> Change {
        Change { from: from.to_owned(), to: to.to_owned() }
    }

    #[test]
    fn each_piece_is_replaced_and_a_later_change_sees_the_earlier_ones() {
        let changes = [change("a", "bc"), change("c", "d")];
        assert_eq!(apply("(a)", &changes).unwrap(), "(bd)");
        assert_eq!(apply("(a)", &[]).unwrap(), "(a)");
    }

    #[test]
    fn a_piece_that_is_not_there_once_is_an_error() {
        for solution in ["", "b", "a a"] {
            let error = apply(solution, &[change("a", "b")]).unwrap_err().to_string();
            assert!(error.starts_with("`a` stands in the solution"), "{error}");
        }
    }
}
