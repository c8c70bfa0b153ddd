//! One change of a solution that a test should notice.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use crate::proof::flat;

/// Most characters of source that a name quotes.
const QUOTED: usize = 48;

/// A piece of a source file and what stands there instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mutant {
    /// Its name among those of its question; it does not depend on line numbers.
    pub name: String,
    /// The bytes of the source that are replaced.
    pub place: Range<usize>,
    /// What replaces them.
    pub text: String,
}

impl Mutant {
    /// A mutant of `source`, named after its function and what it replaces there.
    #[must_use]
    pub fn new(source: &str, function: &str, place: Range<usize>, text: String) -> Self {
        let quoted = |text: &str| {
            let words = flat(text);
            if words.chars().count() <= QUOTED {
                return format!("`{words}`");
            }
            let half = |text: &mut dyn Iterator<Item = char>| -> String {
                text.take(QUOTED / 2).collect()
            };
            let end: String = half(&mut words.chars().rev()).chars().rev().collect();
            format!("`{} … {end}`", half(&mut words.chars()))
        };
        let old = source.get(place.clone()).unwrap_or_default();
        let name = if text.trim().is_empty() {
            format!("{function}: {} left out", quoted(old))
        } else {
            format!("{function}: {} instead of {}", quoted(&text), quoted(old))
        };
        Self { name, place, text }
    }

    /// The source with the change.
    #[must_use]
    pub fn apply(&self, source: &str) -> String {
        let (before, after) = (&source[..self.place.start], &source[self.place.end..]);
        format!("{before}{}{after}", self.text)
    }

    /// The lines that change, as a difference with the number of the first one.
    #[must_use]
    pub fn difference(&self, source: &str) -> String {
        let start = source[..self.place.start].rfind('\n').map_or(0, |end| end + 1);
        let end = source[self.place.end..].find('\n').map_or(source.len(), |n| self.place.end + n);
        let new = format!(
            "{}{}{}",
            &source[start..self.place.start],
            self.text,
            &source[self.place.end..end]
        );
        let line = source[..start].matches('\n').count() + 1;
        let mut told = format!("@@ line {line}\n");
        for (mark, lines) in [('-', &source[start..end]), ('+', &new)] {
            for line in lines.lines().filter(|line| !line.trim().is_empty()) {
                let _ = writeln!(told, "{mark}{line}");
            }
        }
        told
    }
}

/// The mutants in the order of their places, each change once, and names told
/// apart by numbers where two are the same.
#[must_use]
pub fn tidy(mut mutants: Vec<Mutant>) -> Vec<Mutant> {
    mutants.sort_by(|a, b| {
        (a.place.start, a.place.end, &a.text).cmp(&(b.place.start, b.place.end, &b.text))
    });
    mutants.dedup_by(|a, b| a.place == b.place && a.text == b.text);
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for mutant in &mut mutants {
        let count = seen.entry(mutant.name.clone()).or_default();
        *count += 1;
        if *count > 1 {
            let _ = write!(mutant.name, " ({count})");
        }
    }
    mutants
}

#[cfg(test)]
mod tests {
    use super::{Mutant, tidy};

    const SOURCE: &str = "fn twice(n: u64) -> u64 {\n    2 * n + 2\n}\n";

    fn two(nth: usize) -> Mutant {
        let (start, _) = SOURCE.match_indices('2').nth(nth).unwrap();
        Mutant::new(SOURCE, "twice", start..start + 1, "3".to_owned())
    }

    #[test]
    fn a_mutant_changes_its_place_and_shows_its_line() {
        let mutant = two(0);
        assert_eq!(mutant.apply(SOURCE), SOURCE.replace("2 *", "3 *"));
        assert_eq!(mutant.difference(SOURCE), "@@ line 2\n-    2 * n + 2\n+    3 * n + 2\n");
        assert_eq!(mutant.name, "twice: `3` instead of `2`");
    }

    #[test]
    fn equal_changes_are_one_and_equal_names_are_numbered() {
        let names: Vec<String> =
            tidy(vec![two(1), two(0), two(1)]).into_iter().map(|mutant| mutant.name).collect();
        assert_eq!(names, ["twice: `3` instead of `2`", "twice: `3` instead of `2` (2)"]);
    }

    #[test]
    fn a_long_piece_is_quoted_by_its_ends() {
        let body = SOURCE.find('{').unwrap()..SOURCE.len();
        let long = "x".repeat(100);
        let mutant = Mutant::new(SOURCE, "twice", body, long);
        assert!(mutant.name.starts_with("twice: `xxx") && mutant.name.len() < 120);
    }
}
