//! Exact confidence limits for a median, from order statistics alone.
//!
//! They hold for any distribution and any outliers, as long as the values are
//! independent (Conover, "Practical Nonparametric Statistics", section 3.2).
//! Only comparison, division and multiplication are used, so that the result
//! is the same to the last bit on every machine.

/// The median of `values`: the lower one of two. `None` where there are none.
pub(super) fn median(values: &[f64]) -> Option<f64> {
    let sorted = sorted(values);
    sorted.get(sorted.len().checked_sub(1)? / 2).copied()
}

/// A value that the true median is below with probability at most `alpha`.
/// `None` where there are too few values to say so.
pub(super) fn lower_limit(values: &[f64], alpha: f64) -> Option<f64> {
    let rank = limit_rank(values.len(), alpha)?;
    sorted(values).get(rank).copied()
}

/// A value that the true median is above with probability at most `alpha`.
pub(super) fn upper_limit(values: &[f64], alpha: f64) -> Option<f64> {
    let rank = limit_rank(values.len(), alpha)?;
    sorted(values).get(values.len() - 1 - rank).copied()
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
}

/// The largest `k` for which at most `k` of `n` fair coins show heads with
/// probability at most `alpha`.
fn limit_rank(n: usize, alpha: f64) -> Option<usize> {
    let mut term = (0..n).fold(1.0, |term, _| term * 0.5);
    let mut tail = 0.0;
    let mut rank = None;
    for k in 0..n {
        tail += term;
        if tail > alpha {
            break;
        }
        rank = Some(k);
        #[expect(clippy::cast_precision_loss, reason = "sample counts are far below 2^52")]
        let ratio = (n - k) as f64 / (k + 1) as f64;
        term *= ratio;
    }
    rank
}

#[cfg(test)]
mod tests {
    use super::{limit_rank, lower_limit, median, upper_limit};

    #[test]
    fn ranks_agree_with_the_binomial_table() {
        // Conover, table A3: P(at most 1 of 10) = 0.0107, P(at most 5 of 20) = 0.0207.
        assert_eq!(limit_rank(10, 0.0108), Some(1));
        assert_eq!(limit_rank(10, 0.0106), Some(0));
        assert_eq!(limit_rank(20, 0.0208), Some(5));
        assert_eq!(limit_rank(20, 0.0206), Some(4));
    }

    #[test]
    fn too_few_values_give_no_limit() {
        assert_eq!(limit_rank(9, 0.001), None);
        assert_eq!(limit_rank(10, 0.001), Some(0));
        assert_eq!(lower_limit(&[], 0.5), None);
        assert_eq!(median(&[]), None);
    }

    #[test]
    fn limits_enclose_the_median_and_ignore_order_and_outliers() {
        let values: Vec<f64> = (0..41).map(f64::from).collect();
        let mut shuffled: Vec<f64> = values.iter().rev().copied().collect();
        shuffled[0] = 1e12;
        assert_eq!(median(&shuffled), Some(20.0));
        let (low, high) =
            (lower_limit(&shuffled, 0.01).unwrap(), upper_limit(&shuffled, 0.01).unwrap());
        assert!(low < 20.0 && 20.0 < high && high < 40.0, "{low} {high}");
    }
}
