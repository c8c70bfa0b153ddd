//! The verdict on one run of a check in a child process.

use crate::catalog::{Check, Kind};
use crate::channel::Reply;
use crate::judge::judge_memory;
use crate::outcome::{Exit, Outcome};
use crate::verdict::{Judgement, Reason, Verdict};

/// What a run has to give back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proof<'a> {
    /// The nonce of the request; without one nothing is proved.
    pub nonce: &'a str,
    /// What was laid where the program was compiled.
    pub identity: &'a str,
}

/// Judges one run of `check`, of which `proof` is expected.
///
/// A pass needs four things at once: the identity of what was laid, exit code
/// 0, the completion proof with this nonce and this check's name, and no failure
/// told before it. Printed text plays no part. What the kit or the machine did
/// is an error, and its points stay open: a program that does not start, that is
/// another one, or that was killed from outside.
#[must_use]
pub fn judge_run(check: &Check, proof: Proof<'_>, outcome: &Outcome) -> Judgement {
    fault_of(proof, outcome).unwrap_or_else(|| judge_code(check, proof.nonce, outcome))
}

/// What is not the student's doing, whatever else there is.
fn fault_of(proof: Proof<'_>, outcome: &Outcome) -> Option<Judgement> {
    const AGAIN: &str = "Grade again; if it stays, tell the course staff.";
    if let Exit::NotStarted(why) = &outcome.exit {
        let message = format!("the test program could not be started: {why}. {AGAIN}");
        return Some(Judgement::error(Reason::CheckerFault, message));
    }
    if outcome.exit == Exit::Interrupted {
        let message = "grading was interrupted before this check had ended.";
        return Some(Judgement::error(Reason::Interrupted, message));
    }
    if outcome.exit == Exit::Stopped && outcome.replies.is_empty() {
        return Some(judge_after_timeouts());
    }
    let fault = outcome.replies.iter().find_map(|reply| match reply {
        Reply::Fault { message } => Some(message),
        _ => None,
    });
    if let Some(what) = fault {
        let message = format!("the check itself could not go on: {what}. {AGAIN}");
        return Some(Judgement::error(Reason::MachineFault, message));
    }
    match outcome.replies.first() {
        Some(Reply::Started { identity }) if identity == proof.identity => {}
        Some(Reply::Started { .. }) => {
            let message = format!(
                "the program that ran was compiled from something else than was handed in, so nothing it says counts. {AGAIN}"
            );
            return Some(Judgement::error(Reason::WrongProgram, message));
        }
        _ => {
            let said = String::from_utf8_lossy(&outcome.stderr);
            let said = said.lines().next_back().unwrap_or("it said nothing");
            let message = format!(
                "the test program ended ({:?}) before the check began: {said}. {AGAIN}",
                outcome.exit
            );
            return Some(Judgement::error(Reason::CheckerFault, message));
        }
    }
    // Nobody but the system, or somebody beside the checker, sends these.
    let killed = matches!(outcome.exit, Exit::Signal(9 | 15));
    killed.then(|| {
        let message = format!(
            "the test program was killed from outside, as a machine does that has no memory left. {AGAIN}"
        );
        Judgement::error(Reason::MachineFault, message)
    })
}

fn judge_code(check: &Check, nonce: &str, outcome: &Outcome) -> Judgement {
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
        Exit::Stopped => judge_after_timeouts(),
        Exit::DiskFilled => Judgement::fail(
            Reason::Signalled,
            "stopped, because it wrote more files, or larger ones, than any answer needs. Look for a file \
             that is written again and again under another name, or that is never at its end.",
        ),
        Exit::TooManyTasks => Judgement::fail(
            Reason::Signalled,
            "stopped, because it had more threads and processes at once than any answer needs. Look for a \
             thread or a process that is started for each item, or that starts others like itself.",
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
        Exit::NotStarted(_) | Exit::Interrupted => unreachable!("a fault of ours"),
    }
}

/// Of a check that was stopped, or not begun, because others of its question ran
/// out of time.
#[must_use]
pub fn judge_after_timeouts() -> Judgement {
    Judgement::fail(
        Reason::Timeout,
        "not run to its end, because other checks of this question ran out of time. See to those \
         first: something there waits for ever or does far too much work.",
    )
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
        (Kind::Memory, ..) => Judgement::error(
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
        11 => "a segmentation fault",
        25 => "it wrote a file that is larger than a check may write",
        _ => "the system stopped it",
    };
    format!("signal {signal} ended the program before the last assertion ({cause}).")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Proof, judge_run};

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

    const PROOF: Proof<'_> = Proof { nonce: "n", identity: "laid" };

    fn started(identity: &str) -> Reply {
        Reply::Started { identity: identity.into() }
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
                let all = [&[started("laid")], replies.as_slice()].concat();
                let judged = judge_run(&check(), PROOF, &outcome(exit.clone(), &all));
                let expected = *exit == Exit::Code(0) && *replies == [right.clone()];
                assert_eq!(judged.verdict == Verdict::Pass, expected, "{exit:?} {replies:?}");
                assert_eq!(judged.percent, if expected { 100 } else { 0 });
                assert!(!judged.verdict.is_undecided());
            }
        }
    }

    #[test]
    fn what_the_model_cannot_see_is_open_and_only_in_a_schedule_check() {
        let said = [started("laid"), Reply::NotModelled { message: "rayon".into() }];
        let judged = judge_run(&check(), PROOF, &outcome(Exit::Code(1), &said));
        assert_eq!((judged.verdict, judged.reason), (Verdict::Fail, Reason::EndedEarly));
        let schedule = crate::catalog::Check { kind: Kind::Schedule, ..check() };
        let judged = judge_run(&schedule, PROOF, &outcome(Exit::Code(1), &said));
        assert_eq!((judged.verdict, judged.percent), (Verdict::NotMeasurable, 0));
    }

    #[test]
    fn an_empty_nonce_proves_nothing() {
        let said = [started("laid"), finished("", "1.1/x")];
        let proof = Proof { nonce: "", ..PROOF };
        let judged = judge_run(&check(), proof, &outcome(Exit::Code(0), &said));
        assert_eq!(judged.reason, Reason::EndedEarly);
    }

    /// Whatever a run says: where the kit or the machine failed, no point is lost.
    #[test]
    fn no_fault_of_the_kit_or_the_machine_costs_a_point() {
        let right = [started("laid"), finished("n", "1.1/x")];
        let failed = Reply::Failed { reason: Reason::Assertion, message: "no".into() };
        let fault = Reply::Fault { message: "no temporary folder".into() };
        for (exit, replies, reason) in [
            (Exit::NotStarted("gone".into()), vec![], Reason::CheckerFault),
            (Exit::Interrupted, vec![started("laid")], Reason::Interrupted),
            (Exit::Code(0), vec![], Reason::CheckerFault),
            (Exit::Code(3), vec![], Reason::CheckerFault),
            (Exit::TimedOut, vec![], Reason::CheckerFault),
            (Exit::Signal(6), vec![], Reason::CheckerFault),
            (Exit::Code(0), vec![right[1].clone()], Reason::CheckerFault),
            (Exit::Code(0), vec![started("other"), right[1].clone()], Reason::WrongProgram),
            (Exit::Code(1), vec![started("other"), failed.clone()], Reason::WrongProgram),
            (Exit::Code(1), vec![started(""), failed.clone()], Reason::WrongProgram),
            (Exit::Code(1), vec![started("laid"), fault.clone()], Reason::MachineFault),
            (Exit::Code(1), vec![started("laid"), failed, fault.clone()], Reason::MachineFault),
            (Exit::Code(3), vec![fault], Reason::MachineFault),
            (Exit::Signal(9), vec![started("laid")], Reason::MachineFault),
            (Exit::Signal(15), right.to_vec(), Reason::MachineFault),
        ] {
            let judged = judge_run(&check(), PROOF, &outcome(exit.clone(), &replies));
            let got = (judged.verdict, judged.reason);
            assert_eq!(got, (Verdict::Error, reason), "{exit:?} {replies:?}: {}", judged.message);
            assert!(judged.verdict.is_undecided());
        }
    }
}
