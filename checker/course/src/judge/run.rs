//! The verdict on one run of a check in a child process.

use crate::catalog::{Check, Kind};
use crate::channel::Reply;
use crate::judge::judge_memory;
use crate::outcome::{Exit, Outcome};
use crate::verdict::{Judgement, Reason, Verdict};

/// Judges one run of `check`, which was asked to give back `nonce`.
///
/// A pass needs three things at once: exit code 0, the completion proof with
/// this nonce and this check's name, and no failure told before it. Printed
/// text plays no part.
#[must_use]
pub fn judge_run(check: &Check, nonce: &str, outcome: &Outcome) -> Judgement {
    if let Exit::NotStarted(why) = &outcome.exit {
        return Judgement::open(
            Verdict::Error,
            Reason::CheckerFault,
            format!(
                "the test program could not be started: {why}. Grade again; if it stays, tell the course staff."
            ),
        );
    }
    if outcome.replies.contains(&Reply::OutOfMemory) {
        return Judgement::fail(
            Reason::OutOfMemory,
            "the program held more live memory than this check allows, and was stopped. \
             Look for a collection that grows with the input, or a recursion that keeps allocating.",
        );
    }
    let told = outcome.replies.iter().find_map(|reply| match reply {
        Reply::Failed { reason, message } => Some(Judgement::fail(*reason, message.clone())),
        _ => None,
    });
    if let Some(failure) = told {
        return failure;
    }
    let unseen = outcome.replies.iter().find_map(|reply| match reply {
        Reply::NotModelled { message } if check.kind == Kind::Schedule => {
            Some(Judgement::open(Verdict::NotMeasurable, Reason::NotModelled, message.clone()))
        }
        _ => None,
    });
    if let Some(open) = unseen {
        return open;
    }
    match outcome.exit {
        Exit::TimedOut => Judgement::fail(
            Reason::Timeout,
            format!(
                "still running after {} s, so it was stopped. Something waits for ever (a lock, a \
                 channel that is never closed, a loop that never ends) or does far too much work.",
                check.deadline().as_secs()
            ),
        ),
        Exit::Signal(signal) => Judgement::fail(Reason::Signalled, signal_message(signal)),
        Exit::Code(_) if !is_proved(check, nonce, outcome) => Judgement::fail(
            Reason::EndedEarly,
            "the program ended before the last assertion. Look for `process::exit`, or a thread \
             that ends the program: a library function returns to its caller.",
        ),
        Exit::Code(0) => judge_measured(check, outcome),
        Exit::Code(code) => Judgement::fail(
            Reason::EndedEarly,
            format!("the program ended with exit code {code} after its last assertion."),
        ),
        Exit::NotStarted(_) => unreachable!("returned above"),
    }
}

fn is_proved(check: &Check, nonce: &str, outcome: &Outcome) -> bool {
    let proof = Reply::Finished { nonce: nonce.to_owned(), check: check.id.clone() };
    !nonce.is_empty() && outcome.replies.last() == Some(&proof)
}

fn judge_measured(check: &Check, outcome: &Outcome) -> Judgement {
    let measured = outcome.replies.iter().find_map(|reply| match reply {
        Reply::Memory(measurement) => Some(measurement),
        _ => None,
    });
    match (check.kind, check.memory, measured) {
        (Kind::Memory, Some(bound), Some(measurement)) => judge_memory(bound, measurement),
        (Kind::Memory, ..) => Judgement::open(
            Verdict::Error,
            Reason::CheckerFault,
            "the memory check measured nothing. Tell the course staff.",
        ),
        _ => Judgement::pass(""),
    }
}

fn signal_message(signal: i32) -> String {
    let cause = match signal {
        6 => {
            "it aborted: a stack overflow from endless recursion, a panic while panicking, or `process::abort`"
        }
        9 => "it was killed: the system ran out of memory, or something killed it",
        11 => "a segmentation fault",
        15 => "something terminated it",
        _ => "the system stopped it",
    };
    format!("signal {signal} ended the program before the last assertion ({cause}).")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::judge_run;
    use crate::catalog::{Exercise, Kind};
    use crate::channel::Reply;
    use crate::outcome::{Exit, Outcome};
    use crate::verdict::{Reason, Verdict};

    fn check() -> crate::catalog::Check {
        let text = r#"
            id = "exercise1"
            title = "t"
            stars = 1
            [[question]]
            id = "1.1"
            title = "t"
            file = "src/q.rs"
            hints = ["a", "b", "c"]
            [[question.check]]
            id = "1.1/x"
            kind = "behaviour"
            points = 1
            proves = "p"
        "#;
        Exercise::parse(text).unwrap().questions.remove(0).checks.remove(0)
    }

    fn outcome(exit: Exit, replies: &[Reply]) -> Outcome {
        Outcome {
            exit,
            replies: replies.to_vec(),
            stdout: b"test result: ok. 1 passed".to_vec(),
            stderr: Vec::new(),
            wall: Duration::ZERO,
        }
    }

    fn finished(nonce: &str, check: &str) -> Reply {
        Reply::Finished { nonce: nonce.into(), check: check.into() }
    }

    /// Of every combination of exit and replies, exactly one passes.
    #[test]
    fn only_exit_zero_with_the_right_proof_last_passes() {
        let exits =
            [Exit::Code(0), Exit::Code(1), Exit::Code(101), Exit::Signal(6), Exit::TimedOut];
        let failed = Reply::Failed { reason: Reason::Assertion, message: "no".into() };
        let right = finished("n", "1.1/x");
        let conversations = [
            vec![],
            vec![right.clone()],
            vec![finished("", "1.1/x")],
            vec![finished("guess", "1.1/x")],
            vec![finished("n", "1.1/y")],
            vec![failed.clone(), right.clone()],
            vec![right.clone(), failed],
            vec![right.clone(), finished("guess", "1.1/x")],
            vec![Reply::OutOfMemory, right.clone()],
        ];
        for exit in &exits {
            for replies in &conversations {
                let judged = judge_run(&check(), "n", &outcome(exit.clone(), replies));
                let expected = *exit == Exit::Code(0) && *replies == [right.clone()];
                assert_eq!(judged.verdict == Verdict::Pass, expected, "{exit:?} {replies:?}");
                assert_eq!(judged.percent, if expected { 100 } else { 0 });
                assert!(!judged.verdict.is_undecided());
            }
        }
    }

    #[test]
    fn what_the_model_cannot_see_is_open_and_only_in_a_schedule_check() {
        let said = [Reply::NotModelled { message: "rayon".into() }];
        let judged = judge_run(&check(), "n", &outcome(Exit::Code(1), &said));
        assert_eq!((judged.verdict, judged.reason), (Verdict::Fail, Reason::EndedEarly));
        let schedule = crate::catalog::Check { kind: Kind::Schedule, ..check() };
        let judged = judge_run(&schedule, "n", &outcome(Exit::Code(1), &said));
        assert_eq!((judged.verdict, judged.percent), (Verdict::NotMeasurable, 0));
    }

    #[test]
    fn an_empty_nonce_proves_nothing() {
        let judged = judge_run(&check(), "", &outcome(Exit::Code(0), &[finished("", "1.1/x")]));
        assert_eq!(judged.reason, Reason::EndedEarly);
    }

    #[test]
    fn a_program_that_does_not_start_is_our_fault_and_costs_nothing() {
        let judged = judge_run(&check(), "n", &outcome(Exit::NotStarted("gone".into()), &[]));
        assert_eq!((judged.verdict, judged.reason), (Verdict::Error, Reason::CheckerFault));
    }
}
