//! The verdict on speed: paired, gated, and honest about not knowing.
//!
//! Every accepted triple gives one ratio: the reference's time over the
//! submission's, which is the fraction of the reference's speedup that the
//! submission reaches. A triple is accepted only if the reference itself got
//! its speedup in it; otherwise the machine did not offer its cores and
//! nothing can be said. The median of the ratios is compared with the
//! thresholds by exact order-statistic limits.

use super::speed_words::Seen;
use super::statistics::{lower_limit, median, upper_limit};
use crate::evidence::{Gain, SpeedEvidence, Triple, Window};
use crate::judge::foreign;
use crate::verdict::{Judgement, Reason, Verdict};

/// Accepted triples after which a window ends.
pub const WINDOW_TRIPLES: usize = 18;

/// Fewest accepted triples of a window that can count for a fail, where the
/// calls are so slow that time ends it: with fewer there is no limit of 99 %.
pub const LEAST_TRIPLES: usize = 7;

/// Windows after which measuring ends.
pub const MAX_WINDOWS: usize = 4;

/// Chance of a wrong pass at the threshold, split over the looks that may
/// stop early.
const PASS_ALPHA: f64 = 0.001 / 4.0;

/// One-sided error of each window's own limit, for a fail.
const WINDOW_ALPHA: f64 = 0.01;

/// One-sided error of the limit over all windows, for a fail.
const POOLED_ALPHA: f64 = 0.001;

/// Part of the reference's expected speedup that it must reach in a triple.
const GATE: f64 = 0.8;

/// CPU time after the answer that counts as work: a quarter of the pause of
/// 5 ms in which it is looked for.
const AFTER_NS: u64 = 1_250_000;

/// Stolen time, as a part of a window, that makes the window void.
const STOLEN_PERCENT: u64 = 2;

/// Judges one speed check from its raw numbers.
///
/// Pass: the lower limit of the median reaches `full`, after any window.
/// Partial and fail need all windows, each of them and all together below the
/// line, and the best case below it too. Anything else is inconclusive.
#[must_use]
pub fn judge_speed(evidence: &SpeedEvidence) -> Judgement {
    if let Some(refused) = foreign(evidence.evidence_version) {
        return refused;
    }
    if let Some(stop) = &evidence.stopped {
        if stop.reason.is_fault() {
            return Judgement::error(stop.reason, stop.message.clone());
        }
        return Judgement::fail(stop.reason, stop.message.clone());
    }
    if evidence.gain == Gain::Cores && evidence.threads < 2 {
        return Judgement::open(
            Verdict::NotMeasurable,
            Reason::OneCore,
            "this machine offers one core, so no speedup can be seen on it. The points stay open: grade on two cores or more.",
        );
    }
    let windows: Vec<Vec<Ratios>> = evidence
        .windows
        .iter()
        .filter(|window| !is_void(window))
        .map(|window| ratios(evidence, window))
        .collect();
    let all: Vec<Ratios> = windows.iter().flatten().copied().collect();
    let seen = Seen::of(evidence, &all);
    if let Some(late) = works_on(evidence) {
        return Judgement::fail(
            Reason::WorkContinues,
            format!(
                "after the call had returned, the program kept computing in {late} of the timed calls. A parallel function returns when its work is done: join every thread."
            ),
        );
    }
    let of_reference: Vec<f64> = all.iter().map(|ratios| ratios.of_reference).collect();
    let threshold = evidence.threshold;
    if lower_limit(&of_reference, PASS_ALPHA).is_some_and(|low| low >= threshold.full) {
        return Judgement::pass(seen.message("as fast as is asked"));
    }
    let full_windows: Vec<Vec<f64>> = windows
        .iter()
        .filter(|ratios| ratios.len() >= LEAST_TRIPLES)
        .map(|ratios| ratios.iter().map(|ratios| ratios.of_reference).collect())
        .collect();
    if full_windows.len() >= MAX_WINDOWS {
        let below = |line: f64| {
            full_windows
                .iter()
                .all(|window| upper_limit(window, WINDOW_ALPHA).is_some_and(|high| high < line))
                && upper_limit(&of_reference, POOLED_ALPHA).is_some_and(|high| high < line)
                && best_case(evidence).is_some_and(|best| best < line)
        };
        if below(threshold.half) {
            return Judgement::fail(Reason::TooSlow, seen.message("too slow"));
        }
        if below(threshold.full)
            && lower_limit(&of_reference, PASS_ALPHA).is_some_and(|low| low >= threshold.half)
        {
            return Judgement::partial(
                50,
                Reason::BelowFull,
                seen.message("fast enough for half of the points"),
            );
        }
    }
    seen.inconclusive(evidence, full_windows.len())
}

/// The submission's share of the reference's speedup: the median over all
/// accepted triples, `None` without any.
#[must_use]
pub fn median_share(evidence: &SpeedEvidence) -> Option<f64> {
    let shares: Vec<f64> = evidence
        .windows
        .iter()
        .flat_map(|window| ratios(evidence, window))
        .map(|ratios| ratios.of_reference)
        .collect();
    median(&shares)
}

/// The triples of a window in which the reference got its speedup.
#[must_use]
pub fn accepted<'a>(evidence: &SpeedEvidence, window: &'a Window) -> Vec<&'a Triple> {
    let for_one = |triple: &Triple| ns(triple.sequential_ns) / size(triple);
    let for_each: Vec<f64> = window.triples.iter().map(for_one).collect();
    // The window's median instead of the triple's own value: otherwise slow
    // draws of the sequential arm would be selected. For one element, as the
    // sizes differ: 12 pages take half as long again as 8.
    let Some(sequential) = median(&for_each) else { return Vec::new() };
    let least = GATE * evidence.expected_speedup;
    window
        .triples
        .iter()
        .filter(|triple| {
            triple.submission_ns > 0 && triple.reference_ns > 0 && triple.sequential_ns > 0
        })
        .filter(|triple| sequential * size(triple) / ns(triple.reference_ns) >= least)
        .collect()
}

/// Elements of a triple's input.
fn size(triple: &Triple) -> f64 {
    ns(triple.size.max(1))
}

/// What one accepted triple says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ratios {
    /// The submission's share of the reference's speedup.
    pub of_reference: f64,
    /// Submission's time over the sequential time.
    pub of_sequential: f64,
    /// Reference's time over the sequential time.
    pub reference_of_sequential: f64,
}

fn ratios(evidence: &SpeedEvidence, window: &Window) -> Vec<Ratios> {
    accepted(evidence, window)
        .into_iter()
        .map(|triple| Ratios {
            of_reference: ns(triple.reference_ns) / ns(triple.submission_ns),
            of_sequential: ns(triple.submission_ns) / ns(triple.sequential_ns),
            reference_of_sequential: ns(triple.reference_ns) / ns(triple.sequential_ns),
        })
        .collect()
}

fn is_void(window: &Window) -> bool {
    window.throttled > 0 || window.stolen_ms * 100 > window.length_ms * STOLEN_PERCENT
}

/// The ratio of the best times, over accepted and rejected triples: if even
/// that is below the line, no quiet moment would have helped.
fn best_case(evidence: &SpeedEvidence) -> Option<f64> {
    let triples = || evidence.windows.iter().flat_map(|window| &window.triples);
    let submission = triples().map(|triple| triple.submission_ns).min()?;
    let reference = triples().map(|triple| triple.reference_ns).min()?;
    (submission > 0).then(|| ns(reference) / ns(submission))
}

/// "8 of 18" where work went on after the answer in more than a quarter of
/// at least ten calls.
fn works_on(evidence: &SpeedEvidence) -> Option<String> {
    let triples: Vec<_> = evidence.windows.iter().flat_map(|window| &window.triples).collect();
    let late = triples.iter().filter(|triple| triple.after_ns > AFTER_NS).count();
    (triples.len() >= 10 && late * 4 > triples.len())
        .then(|| format!("{late} of {}", triples.len()))
}

#[expect(clippy::cast_precision_loss, reason = "2^53 ns are a hundred days")]
fn ns(nanoseconds: u64) -> f64 {
    nanoseconds as f64
}

#[cfg(test)]
mod tests {
    use super::{LEAST_TRIPLES, MAX_WINDOWS, WINDOW_TRIPLES, accepted, judge_speed};
    use crate::catalog::SpeedThreshold;
    use crate::evidence::{Arm, EVIDENCE_VERSION, Gain, SpeedEvidence, Stop, Triple, Window};
    use crate::verdict::{Reason, Verdict};

    /// Times of one triple in per cent of the sequential time, with a little
    /// deterministic noise.
    fn window(submission: u64, reference: u64, count: usize) -> Window {
        let triples = (0..count as u64).map(|n| {
            let noise = |scale: u64| scale * (1000 + (n * 7919 + scale * 31) % 21 - 10);
            Triple {
                seed: n,
                size: 100,
                order: [Arm::Sequential, Arm::Submission, Arm::Reference],
                sequential_ns: noise(100) * 200,
                submission_ns: noise(submission) * 200,
                reference_ns: noise(reference) * 200,
                after_ns: 0,
                workers: 2,
            }
        });
        Window {
            start_ms: 0,
            length_ms: 1000,
            stolen_ms: 0,
            throttled: 0,
            triples: triples.collect(),
        }
    }

    fn evidence(windows: Vec<Window>) -> SpeedEvidence {
        SpeedEvidence {
            evidence_version: EVIDENCE_VERSION,
            check: "4.1/speed".into(),
            kit: "kit".into(),
            salt: 1,
            gain: Gain::Cores,
            threads: 2,
            threshold: SpeedThreshold { full: 0.85, half: 0.65 },
            expected_speedup: 1.96,
            reference: "kernel".into(),
            windows,
            stopped: None,
        }
    }

    fn judge(submission: u64, reference: u64, windows: usize) -> (Verdict, Reason) {
        let judged =
            judge_speed(&evidence(vec![window(submission, reference, WINDOW_TRIPLES); windows]));
        (judged.verdict, judged.reason)
    }

    #[test]
    fn a_good_submission_passes_after_one_window() {
        assert_eq!(judge(54, 52, 1), (Verdict::Pass, Reason::Proved));
    }

    #[test]
    fn large_inputs_are_as_welcome_as_small_ones() {
        let mut mixed = window(54, 52, WINDOW_TRIPLES);
        for triple in mixed.triples.iter_mut().step_by(3) {
            triple.size *= 2;
            for time in
                [&mut triple.sequential_ns, &mut triple.submission_ns, &mut triple.reference_ns]
            {
                *time *= 2;
            }
        }
        let evidence = evidence(vec![mixed]);
        assert_eq!(accepted(&evidence, &evidence.windows[0]).len(), WINDOW_TRIPLES);
        assert_eq!(judge_speed(&evidence).verdict, Verdict::Pass);
    }

    #[test]
    fn a_sequential_submission_fails_only_after_all_windows() {
        assert_eq!(judge(100, 52, MAX_WINDOWS), (Verdict::Fail, Reason::TooSlow));
        for windows in 0..MAX_WINDOWS {
            assert_eq!(judge(100, 52, windows).0, Verdict::Inconclusive, "{windows}");
        }
    }

    #[test]
    fn a_very_slow_submission_fails_on_few_triples_and_not_on_fewer() {
        let judge =
            |count| judge_speed(&evidence(vec![window(900, 52, count); MAX_WINDOWS])).verdict;
        assert_eq!(judge(LEAST_TRIPLES), Verdict::Fail);
        assert_eq!(judge(LEAST_TRIPLES - 1), Verdict::Inconclusive);
    }

    #[test]
    fn a_static_split_earns_half() {
        assert_eq!(judge(70, 52, MAX_WINDOWS), (Verdict::Partial, Reason::BelowFull));
    }

    /// With one core lost the sequential submission ties with the reference.
    #[test]
    fn without_the_second_core_nobody_passes_and_nobody_fails() {
        for submission in [52, 70, 100, 200] {
            assert_eq!(
                judge(submission, 99, MAX_WINDOWS),
                (Verdict::Inconclusive, Reason::MachineBusy)
            );
        }
    }

    #[test]
    fn at_the_line_nothing_is_decided() {
        assert_eq!(judge(61, 52, MAX_WINDOWS), (Verdict::Inconclusive, Reason::Straddles));
    }

    #[test]
    fn stolen_or_throttled_windows_do_not_count() {
        let mut voided = evidence(vec![window(54, 52, WINDOW_TRIPLES)]);
        voided.windows[0].stolen_ms = 30;
        assert_eq!(judge_speed(&voided).verdict, Verdict::Inconclusive);
        voided.windows[0].stolen_ms = 0;
        assert_eq!(judge_speed(&voided).verdict, Verdict::Pass);
        voided.windows[0].throttled = 1;
        assert_eq!(judge_speed(&voided).verdict, Verdict::Inconclusive);
    }

    #[test]
    fn work_after_the_answer_fails_however_fast_the_answer_was() {
        let mut late = evidence(vec![window(20, 52, WINDOW_TRIPLES)]);
        late.windows[0].triples.iter_mut().for_each(|triple| triple.after_ns = 4_000_000);
        assert_eq!(judge_speed(&late).reason, Reason::WorkContinues);
    }

    #[test]
    fn one_core_a_stop_and_a_foreign_version_are_told() {
        let good = evidence(vec![window(54, 52, WINDOW_TRIPLES)]);
        let one = SpeedEvidence { threads: 1, ..good.clone() };
        assert_eq!(judge_speed(&one).verdict, Verdict::NotMeasurable);
        let stop = Stop { reason: Reason::WrongOutput, message: "wrong".into() };
        let stopped = SpeedEvidence { stopped: Some(stop), ..good.clone() };
        assert_eq!(judge_speed(&stopped).reason, Reason::WrongOutput);
        let foreign = SpeedEvidence { evidence_version: 0, ..good };
        assert_eq!(judge_speed(&foreign).verdict, Verdict::Error);
    }

    #[test]
    fn evidence_survives_json_with_the_same_verdict() {
        let measured = evidence(vec![window(70, 52, WINDOW_TRIPLES); MAX_WINDOWS]);
        let again: SpeedEvidence =
            serde_json::from_str(&serde_json::to_string(&measured).unwrap()).unwrap();
        assert_eq!(again, measured);
        assert_eq!(judge_speed(&again), judge_speed(&measured));
    }
}
