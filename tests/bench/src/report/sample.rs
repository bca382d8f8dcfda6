//! Several measurements of the same thing.

use serde::{Deserialize, Serialize};

/// The median of several measurements, and their range.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, Serialize)]
pub struct Sample {
    /// The one in the middle, or the mean of the two in the middle.
    pub median: f64,
    /// The smallest.
    pub low: f64,
    /// The largest.
    pub high: f64,
}

impl Sample {
    /// Of these measurements; `None` if there are none.
    #[must_use]
    pub fn of(values: impl IntoIterator<Item = f64>) -> Option<Self> {
        let mut values: Vec<f64> = values.into_iter().collect();
        values.sort_by(f64::total_cmp);
        let middle = values.len() / 2;
        let median = match values.len() % 2 {
            0 => f64::midpoint(*values.get(middle.checked_sub(1)?)?, *values.get(middle)?),
            _ => *values.get(middle)?,
        };
        Some(Self {
            median: rounded(median),
            low: rounded(*values.first()?),
            high: rounded(*values.last()?),
        })
    }
}

/// Five digits are more than any measurement here repeats.
fn rounded(value: f64) -> f64 {
    format!("{value:.4e}").parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

    use super::Sample;

    #[test]
    fn median_is_the_middle_one_or_the_mean_of_both() {
        let of = |values: &[f64]| Sample::of(values.iter().copied());
        let sample = |median, low, high| Some(Sample { median, low, high });
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[2.0]), sample(2.0, 2.0, 2.0));
        assert_eq!(of(&[9.0, 1.0, 2.0]), sample(2.0, 1.0, 9.0));
        assert_eq!(of(&[4.0, 1.0, 2.0, 8.0]), sample(3.0, 1.0, 8.0));
        assert_eq!(
            of(&[123_456_789.0]),
            sample(123_460_000.0, 123_460_000.0, 123_460_000.0)
        );
    }
}
