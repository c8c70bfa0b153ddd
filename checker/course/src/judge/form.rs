//! When the form of the code counts: only together with code that runs.

use crate::verdict::{Judgement, Reason, Verdict};

/// Judges a passed form check beside the reasons of the question's other
/// checks: where none of them came as far as an assertion, there is no working
/// function whose form could be praised.
///
/// `others` are the verdicts and reasons of the checks that ran the code.
#[must_use]
pub fn judge_form(form: Judgement, others: &[(Verdict, Reason)]) -> Judgement {
    let came_far = |&(verdict, reason): &(Verdict, Reason)| {
        verdict != Verdict::Fail
            || matches!(reason, Reason::Assertion | Reason::HeapGrows | Reason::HeapAboveBound)
    };
    if form.verdict != Verdict::Pass || others.is_empty() || others.iter().any(came_far) {
        return form;
    }
    Judgement::fail(
        others[0].1,
        "the form is right, but it counts only with a function that runs: no other check of this question came as far as an assertion.",
    )
}

#[cfg(test)]
mod tests {
    use super::judge_form;
    use crate::verdict::{Judgement, Reason, Verdict};

    #[test]
    fn form_counts_only_with_code_that_runs() {
        let verdict =
            |others: &[(Verdict, Reason)]| judge_form(Judgement::pass(""), others).verdict;
        let left = (Verdict::Fail, Reason::EndedEarly);
        assert_eq!(verdict(&[left, left]), Verdict::Fail);
        assert_eq!(verdict(&[left, (Verdict::Fail, Reason::Assertion)]), Verdict::Pass);
        assert_eq!(verdict(&[left, (Verdict::Pass, Reason::Proved)]), Verdict::Pass);
        assert_eq!(verdict(&[left, (Verdict::Error, Reason::CheckerFault)]), Verdict::Pass);
        assert_eq!(verdict(&[]), Verdict::Pass);
    }

    #[test]
    fn a_failed_form_stays_as_it_is() {
        let form = Judgement::fail(Reason::Assertion, "a loop");
        assert_eq!(judge_form(form.clone(), &[(Verdict::Pass, Reason::Proved)]), form);
    }
}
