//! The verdict on peak live heap: slope and bound, over several runs.

use crate::catalog::MemoryBound;
use crate::channel::{MemoryAtSize, MemoryMeasurement};
use crate::verdict::{Judgement, Reason, Verdict};

/// Most bytes that may stay behind when everything was dropped: lazily made
/// state of threads and of the standard library.
const LEFT_BYTES: u64 = 4096;

/// Judges whether peak live heap is constant in the input size.
///
/// Between the smallest and each larger size, the slope is the growth of the
/// peak for one more element. Pass: every slope is at most a sixteenth of an
/// element and every peak is within the bound, in the worst run. Fail: a slope
/// is at least half an element in every run, or a peak is above the bound in
/// every run, or memory is still held after the drop in every run. Anything
/// between is inconclusive.
#[must_use]
pub fn judge_memory(bound: MemoryBound, measured: &MemoryMeasurement) -> Judgement {
    let Some((small, larger)) = measured.sizes.split_first() else {
        return unmeasured();
    };
    if larger.is_empty() || measured.sizes.iter().any(|size| size.peak_bytes.is_empty()) {
        return unmeasured();
    }
    let unit = &measured.unit;
    let figures = measured
        .sizes
        .iter()
        .map(|size| format!("{} at {} {unit}", bytes(worst(size)), grouped(size.elements)))
        .collect::<Vec<_>>()
        .join(", ");

    let grows = |large: &&MemoryAtSize| {
        2 * growth(best(small), best(large)) >= step(small, large) * bound.element_bytes
    };
    if let Some(large) = larger.iter().rev().find(grows) {
        let kept = growth(best(small), best(large)) / step(small, large).max(1);
        return Judgement::fail(
            Reason::HeapGrows,
            format!(
                "peak live memory grows with the input: {figures}. That is about {kept} bytes for \
                 every further one of the {unit}, so they are all held at once. Yield each piece \
                 as soon as it is complete and let it go."
            ),
        );
    }
    if measured.sizes.iter().any(|size| best(size) > bound.peak_bytes) {
        return Judgement::fail(
            Reason::HeapAboveBound,
            format!(
                "peak live memory was {figures}; at most {} is allowed.",
                bytes(bound.peak_bytes)
            ),
        );
    }
    let keeps = |size: &&MemoryAtSize| size.left_bytes.iter().all(|&left| left > LEFT_BYTES);
    if let Some(size) = measured.sizes.iter().find(keeps) {
        let left = size.left_bytes.iter().min().copied().unwrap_or_default();
        return Judgement::fail(
            Reason::HeapNotReleased,
            format!(
                "{} were still held when all had been dropped (peak: {figures}). Let go of everything at the end.",
                bytes(left)
            ),
        );
    }
    let flat = larger.iter().all(|large| {
        16 * growth(best(small), worst(large)) <= step(small, large) * bound.element_bytes
    });
    let within = measured.sizes.iter().all(|size| worst(size) <= bound.peak_bytes);
    if flat && within {
        Judgement::pass(format!("peak live memory: {figures}"))
    } else {
        Judgement::open(
            Verdict::Inconclusive,
            Reason::Straddles,
            format!(
                "peak live memory was {figures}: neither clearly constant nor clearly growing. Grade again, or ask a person to look."
            ),
        )
    }
}

fn unmeasured() -> Judgement {
    Judgement::open(
        Verdict::Error,
        Reason::CheckerFault,
        "the memory check measured fewer than two sizes. Tell the course staff.",
    )
}

fn best(size: &MemoryAtSize) -> u64 {
    size.peak_bytes.iter().min().copied().unwrap_or(u64::MAX)
}

fn worst(size: &MemoryAtSize) -> u64 {
    size.peak_bytes.iter().max().copied().unwrap_or(u64::MAX)
}

fn growth(small: u64, large: u64) -> u64 {
    large.saturating_sub(small)
}

fn step(small: &MemoryAtSize, large: &MemoryAtSize) -> u64 {
    large.elements.saturating_sub(small.elements)
}

/// `8355` as "8.2 KiB": for reading; verdicts use the exact figures.
fn bytes(count: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "shown with one decimal")]
    let count_f = count as f64;
    match count {
        0..1024 => format!("{count} bytes"),
        1024..1_048_576 => format!("{:.1} KiB", count_f / 1024.0),
        _ => format!("{:.1} MiB", count_f / 1_048_576.0),
    }
}

/// `1000000` as "1 000 000".
fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{LEFT_BYTES, bytes, grouped, judge_memory};
    use crate::catalog::MemoryBound;
    use crate::channel::{MemoryAtSize, MemoryMeasurement};
    use crate::verdict::{Reason, Verdict};

    const BOUND: MemoryBound = MemoryBound { element_bytes: 64, peak_bytes: 100_000 };

    fn measured(peaks: [[u64; 3]; 3], left: u64) -> MemoryMeasurement {
        let sizes = [2_000, 16_000, 128_000];
        MemoryMeasurement {
            unit: "lines".into(),
            sizes: sizes
                .into_iter()
                .zip(peaks)
                .map(|(elements, peaks)| MemoryAtSize {
                    elements,
                    peak_bytes: peaks.to_vec(),
                    left_bytes: vec![left; 3],
                })
                .collect(),
        }
    }

    #[test]
    fn a_constant_peak_passes_and_a_growing_one_is_told_both_figures() {
        let lazy = judge_memory(BOUND, &measured([[8351; 3], [8355; 3], [8355; 3]], 0));
        assert_eq!(lazy.verdict, Verdict::Pass);
        let collected = measured([[67_624; 3], [1_096_578; 3], [17_317_592; 3]], 0);
        let eager = judge_memory(BOUND, &collected);
        assert_eq!((eager.verdict, eager.reason), (Verdict::Fail, Reason::HeapGrows));
        assert!(eager.message.contains("66.0 KiB at 2 000 lines"), "{}", eager.message);
        assert!(eager.message.contains("16.5 MiB at 128 000 lines"), "{}", eager.message);
    }

    #[test]
    fn one_bad_run_of_three_is_inconclusive_not_a_failure() {
        let noisy = measured([[8351; 3], [8355; 3], [8355, 9_000_000, 8355]], 0);
        assert_eq!(judge_memory(BOUND, &noisy).verdict, Verdict::Inconclusive);
    }

    #[test]
    fn bound_and_release_are_judged_too() {
        let large = judge_memory(BOUND, &measured([[200_000; 3], [200_000; 3], [200_000; 3]], 0));
        assert_eq!(large.reason, Reason::HeapAboveBound);
        let left = |bytes| judge_memory(BOUND, &measured([[8000; 3]; 3], bytes));
        assert_eq!(left(LEFT_BYTES).verdict, Verdict::Pass);
        assert_eq!(left(LEFT_BYTES + 1).reason, Reason::HeapNotReleased);
    }

    #[test]
    fn no_measurement_is_never_a_pass() {
        let none = MemoryMeasurement { unit: "lines".into(), sizes: Vec::new() };
        assert_eq!(judge_memory(BOUND, &none).verdict, Verdict::Error);
        let mut one = measured([[1; 3]; 3], 0);
        one.sizes.truncate(1);
        assert_eq!(judge_memory(BOUND, &one).verdict, Verdict::Error);
        let mut empty = measured([[1; 3]; 3], 0);
        empty.sizes[2].peak_bytes.clear();
        assert_eq!(judge_memory(BOUND, &empty).verdict, Verdict::Error);
    }

    #[test]
    fn numbers_are_written_for_people() {
        assert_eq!(grouped(1_000_000), "1 000 000");
        assert_eq!(grouped(100), "100");
        assert_eq!(
            [bytes(12), bytes(8355), bytes(17_317_592)],
            ["12 bytes", "8.2 KiB", "16.5 MiB"]
        );
    }
}
