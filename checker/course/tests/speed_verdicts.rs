//! Properties of the speed verdict, over generated measurements.

use std::collections::HashSet;

use course::catalog::SpeedThreshold;
use course::evidence::{Arm, EVIDENCE_VERSION, Gain, SpeedEvidence, Triple, Window};
use course::judge::{MAX_WINDOWS, accepted, judge_speed};
use course::verdict::{Judgement, Verdict};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

/// Times in microseconds around those of a 20 ms call; the submission's lie
/// anywhere between the reference's and twice the sequential ones.
fn triple(level: u64) -> impl Strategy<Value = Triple> {
    let noise = || prop_oneof![8 => 0..400_u64, 1 => 0..9000_u64];
    (noise(), noise(), noise(), 0..3_000_000_u64, 0..4_u32).prop_map(
        move |(a, b, c, after_ns, workers)| Triple {
            seed: 1,
            size: 1000,
            order: [Arm::Submission, Arm::Reference, Arm::Sequential],
            sequential_ns: (20_000 + a) * 1000,
            submission_ns: (level + b) * 1000,
            reference_ns: (10_200 + c) * 1000,
            after_ns: if after_ns > 2_500_000 { after_ns } else { 0 },
            workers,
        },
    )
}

fn evidence() -> impl Strategy<Value = SpeedEvidence> {
    let window = |level| {
        (prop::collection::vec(triple(level), 5..40), 0..30_u64).prop_map(|(triples, stolen_ms)| {
            Window { start_ms: 0, length_ms: 1000, stolen_ms, throttled: 0, triples }
        })
    };
    let windows = (10_000..40_000_u64)
        .prop_flat_map(move |level| prop::collection::vec(window(level), 0..=MAX_WINDOWS));
    (windows, prop_oneof![Just(Gain::Cores), Just(Gain::Connections)]).prop_map(
        |(windows, gain)| SpeedEvidence {
            evidence_version: EVIDENCE_VERSION,
            check: "4.1/speed".into(),
            kit: "kit".into(),
            salt: 1,
            gain,
            threads: 2,
            threshold: SpeedThreshold { full: 0.85, half: 0.65 },
            expected_speedup: 1.96,
            reference: "kernel".into(),
            windows,
            stopped: None,
        },
    )
}

/// The properties below would say little about a generator that reaches only
/// some of the verdicts.
#[test]
fn the_generated_evidence_reaches_every_verdict() {
    let mut runner = TestRunner::deterministic();
    let mut seen = HashSet::new();
    for _ in 0..600 {
        seen.insert(judge_speed(&evidence().new_tree(&mut runner).unwrap().current()).verdict);
    }
    for verdict in [Verdict::Pass, Verdict::Partial, Verdict::Fail, Verdict::Inconclusive] {
        assert!(seen.contains(&verdict), "{verdict} is never reached");
    }
}

/// The evidence with some of the submission's times made shorter.
fn quicker(evidence: &SpeedEvidence, cuts: &[(Index, u64)]) -> SpeedEvidence {
    let mut better = evidence.clone();
    let mut triples: Vec<&mut Triple> =
        better.windows.iter_mut().flat_map(|window| &mut window.triples).collect();
    let count = triples.len();
    for (index, percent) in cuts.iter().filter(|_| count > 0) {
        let triple = &mut triples[index.index(count)];
        // A triple without any time is no measurement, and is not counted.
        triple.submission_ns = (triple.submission_ns * percent / 100).max(1);
    }
    better
}

/// The least and the most that a verdict can still come to, in percent.
fn range(judged: &Judgement) -> (u32, u32) {
    if judged.verdict.is_undecided() { (0, 100) } else { (judged.percent, judged.percent) }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    /// Shorter times of the submission never cost points that were sure, and
    /// never close a way to more of them.
    #[test]
    fn better_measurements_never_give_a_worse_verdict(
        evidence in evidence(),
        cuts in prop::collection::vec((any::<Index>(), 1..100_u64), 0..120),
    ) {
        let (before, after) = (judge_speed(&evidence), judge_speed(&quicker(&evidence, &cuts)));
        prop_assert!(range(&after).1 >= range(&before).1, "{before:?} became {after:?}");
        if before.verdict == Verdict::Pass {
            prop_assert_eq!(after.verdict, Verdict::Pass);
        }
        if after.verdict == Verdict::Fail {
            prop_assert_eq!(before.verdict, Verdict::Fail);
        }
    }

    /// Neither the order of the triples in a window nor that of the windows
    /// plays a part, and the file says the same as the memory.
    #[test]
    fn order_does_not_matter_and_the_file_judges_alike(
        evidence in evidence(),
        turns in prop::collection::vec(any::<Index>(), 4),
    ) {
        let judged = judge_speed(&evidence);
        let mut turned = evidence.clone();
        for (window, turn) in turned.windows.iter_mut().zip(&turns) {
            let by = turn.index(window.triples.len());
            window.triples.rotate_left(by);
            window.triples[by..].reverse();
        }
        turned.windows.reverse();
        prop_assert_eq!(&judge_speed(&turned), &judged);
        let text = serde_json::to_string(&evidence).unwrap();
        prop_assert_eq!(&judge_speed(&serde_json::from_str(&text).unwrap()), &judged);
    }

    /// Without the reference's speedup nothing is decided about speed, however
    /// fast or slow the submission is.
    #[test]
    fn where_the_reference_gains_nothing_nobody_passes_or_fails(evidence in evidence()) {
        let mut lost = evidence;
        for triple in lost.windows.iter_mut().flat_map(|window| &mut window.triples) {
            triple.reference_ns = triple.reference_ns.max(triple.sequential_ns);
            triple.after_ns = 0;
        }
        prop_assert!(lost.windows.iter().all(|window| accepted(&lost, window).is_empty()));
        prop_assert!(judge_speed(&lost).verdict.is_undecided());
    }
}
