//! Assertions whose messages are written for a student.

use std::fmt::{Debug, Display};

/// Most characters of one value in a message.
const VALUE_CAP: usize = 400;

/// Ends the check with `message`.
///
/// # Panics
/// Always: that is how a check fails.
#[track_caller]
pub fn fail(message: impl Display) -> ! {
    panic!("{message}")
}

/// Ends the check with `message` unless `holds`.
///
/// # Panics
/// When `holds` is false.
#[track_caller]
pub fn expect(holds: bool, message: impl Display) {
    if !holds {
        fail(message);
    }
}

/// Ends the check unless `got` equals `want`; `what` names what was called,
/// as a student would write it: `is_prime(1)`.
///
/// # Panics
/// When the values differ; long ones are cut in the middle of the message.
#[track_caller]
pub fn expect_eq<T: PartialEq + Debug + ?Sized>(what: impl Display, got: &T, want: &T) {
    if got != want {
        let (got, want) = (format!("{got:?}"), format!("{want:?}"));
        match first_difference(&got, &want) {
            Some(at) => fail(format!(
                "{what}\n  expected {}\n  got      {}\n  they differ from here on:\n  expected {}\n  got      {}",
                cut(&want),
                cut(&got),
                excerpt(&want, at),
                excerpt(&got, at)
            )),
            None => fail(format!("{what}\n  expected {}\n  got      {}", cut(&want), cut(&got))),
        }
    }
}

/// `text` with at most [`VALUE_CAP`] characters.
pub(crate) fn cut(text: &str) -> String {
    match text.char_indices().nth(VALUE_CAP) {
        Some((end, _)) => format!("{}… ({} characters)", &text[..end], text.chars().count()),
        None => text.to_owned(),
    }
}

/// Where two long texts begin to differ, if [`cut`] would hide it.
fn first_difference(got: &str, want: &str) -> Option<usize> {
    let at = got.chars().zip(want.chars()).take_while(|(left, right)| left == right).count();
    (at + 20 > VALUE_CAP).then_some(at)
}

fn excerpt(text: &str, at: usize) -> String {
    let part: String = text.chars().skip(at.saturating_sub(20)).take(80).collect();
    format!("…{part}…")
}

#[cfg(test)]
mod tests {
    use super::expect_eq;

    fn message(check: impl FnOnce() + std::panic::UnwindSafe) -> String {
        *std::panic::catch_unwind(check).unwrap_err().downcast::<String>().unwrap()
    }

    #[test]
    fn a_difference_names_the_call_and_both_values() {
        assert_eq!(
            message(|| expect_eq("is_prime(1)", &true, &false)),
            "is_prime(1)\n  expected false\n  got      true"
        );
    }

    #[test]
    fn a_difference_deep_in_a_long_value_is_shown() {
        let want: Vec<u32> = (0..1000).collect();
        let mut got = want.clone();
        got[700] = 9;
        let text = message(move || expect_eq("evens", &got, &want));
        assert!(text.contains("differ from here on"), "{text}");
        assert!(text.contains("699, 9, 701"), "{text}");
        assert!(text.len() < 1500, "{text}");
    }
}
