//! Points as whole hundredths, so that sums never drift.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An amount of points, exact to one hundredth of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Points(u32);

impl Points {
    /// No points.
    pub const ZERO: Self = Self(0);

    /// Points from whole hundredths: `from_hundredths(150)` is 1.5 points.
    #[must_use]
    pub const fn from_hundredths(hundredths: u32) -> Self {
        Self(hundredths)
    }

    /// The amount in hundredths of a point.
    #[must_use]
    pub const fn hundredths(self) -> u32 {
        self.0
    }

    /// `self` times `percent` / 100, rounded down to a hundredth of a point.
    ///
    /// Percentages above 100 count as 100.
    #[must_use]
    pub fn percent(self, percent: u32) -> Self {
        let scaled = u64::from(self.0) * u64::from(percent.min(100)) / 100;
        Self(u32::try_from(scaled).unwrap_or(self.0))
    }

    /// `self` as a share of `most`, 0 to 1 where it is no more than that; none where
    /// `most` is nothing.
    #[must_use]
    pub fn share_of(self, most: Self) -> Option<f64> {
        (most > Self::ZERO).then(|| f64::from(self.0) / f64::from(most.0))
    }
}

impl Add for Points {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for Points {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Sum for Points {
    fn sum<I: Iterator<Item = Self>>(points: I) -> Self {
        points.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for Points {
    /// Without trailing zeros: `2`, `0.5`, `0.25`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / 100, self.0 % 100);
        let text = match rest {
            0 => whole.to_string(),
            _ if rest % 10 == 0 => format!("{whole}.{}", rest / 10),
            _ => format!("{whole}.{rest:02}"),
        };
        f.pad(&text)
    }
}

impl Serialize for Points {
    /// A JSON number: an integer where the amount is whole.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_multiple_of(100) {
            serializer.serialize_u32(self.0 / 100)
        } else {
            serializer.serialize_f64(f64::from(self.0) / 100.0)
        }
    }
}

impl<'de> Deserialize<'de> for Points {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = f64::deserialize(deserializer)?;
        let hundredths = (number * 100.0).round();
        if !(0.0..=1e6).contains(&hundredths) || (number * 100.0 - hundredths).abs() > 1e-6 {
            return Err(serde::de::Error::custom(format!(
                "{number} is not an amount of points: use 0 or more, with at most two decimals"
            )));
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "just checked: a whole number between 0 and a million"
        )]
        Ok(Self(hundredths as u32))
    }
}

#[cfg(test)]
mod tests {
    use super::Points;

    #[test]
    fn nothing_is_a_share_of_no_points() {
        let [none, one, four] = [0, 100, 400].map(Points::from_hundredths);
        assert_eq!(one.share_of(four), Some(0.25));
        assert_eq!(none.share_of(four), Some(0.0));
        assert_eq!(none.share_of(none), None);
    }

    #[test]
    fn points_are_printed_without_trailing_zeros() {
        let printed =
            [0, 5, 25, 50, 100, 150, 2000].map(|h| Points::from_hundredths(h).to_string());
        assert_eq!(printed, ["0", "0.05", "0.25", "0.5", "1", "1.5", "20"]);
    }

    #[test]
    fn points_survive_json_exactly() {
        for hundredths in 0..=10_000 {
            let points = Points::from_hundredths(hundredths);
            let json = serde_json::to_string(&points).unwrap();
            assert_eq!(serde_json::from_str::<Points>(&json).unwrap(), points);
        }
    }

    #[test]
    fn odd_amounts_of_points_are_refused() {
        for json in ["-1", "0.001", "1e9", "\"2\""] {
            assert!(serde_json::from_str::<Points>(json).is_err(), "{json}");
        }
    }

    #[test]
    fn a_percentage_never_gives_more_than_the_whole() {
        let points = Points::from_hundredths(33);
        assert_eq!(points.percent(50), Points::from_hundredths(16));
        assert_eq!(points.percent(100), points);
        assert_eq!(points.percent(250), points);
    }
}
