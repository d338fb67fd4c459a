//! What a guest gets back who cancels: percent of what was paid, by the hours left before check-in.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{decimal::Decimal, money::Money};

/// Steps from the earliest deadline to the latest: until so many hours before check-in, so many percent.
/// After the last one nothing is given back. It is agreed with the hold and kept with the stay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy(Vec<Step>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    pub hours_before: u32,
    pub percent: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a cancellation policy is flexible, moderate, strict, or steps such as 168:100,48:50 (hours before check-in : percent)"
)]
pub struct NotAPolicy;

/// Names that people know, and what they stand for here.
const NAMED: [(&str, &[(u32, u8)]); 3] =
    [("flexible", &[(24, 100)]), ("moderate", &[(120, 100)]), ("strict", &[(336, 100), (168, 50)])];

impl Policy {
    /// Reads a name, or steps in any order.
    pub fn parse(text: &str) -> Result<Self, NotAPolicy> {
        let text = text.trim();
        if let Some((_, steps)) = NAMED.iter().find(|(name, _)| text.eq_ignore_ascii_case(name)) {
            return Ok(Self(
                steps
                    .iter()
                    .map(|(hours_before, percent)| Step { hours_before: *hours_before, percent: *percent })
                    .collect(),
            ));
        }
        if text.eq_ignore_ascii_case("none") {
            return Ok(Self(Vec::new()));
        }
        let mut steps = text.split(',').map(step).collect::<Result<Vec<_>, _>>()?;
        steps.sort_by_key(|step| std::cmp::Reverse(step.hours_before));
        // Who cancels later never gets more, and a deadline is told once.
        let falls = steps
            .windows(2)
            .all(|pair| pair[0].hours_before > pair[1].hours_before && pair[0].percent > pair[1].percent);
        if falls { Ok(Self(steps)) } else { Err(NotAPolicy) }
    }

    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// `check_in_at` is the check-in of the property, in its own zone, as an instant.
    pub fn percent_at(&self, check_in_at: Timestamp, now: Timestamp) -> u8 {
        let left_seconds = check_in_at.as_second() - now.as_second();
        let open = |step: &&Step| left_seconds >= i64::from(step.hours_before) * 3_600;
        self.0.iter().find(open).map_or(0, |step| step.percent)
    }

    /// How much of `paid` goes back to a guest who cancels at `now`.
    pub fn refund_of(&self, paid: Money, check_in_at: Timestamp, now: Timestamp) -> Money {
        let percent = Decimal::whole(self.percent_at(check_in_at, now).into());
        Money::new(percent.percent_of(paid.minor), paid.currency)
    }
}

fn step(text: &str) -> Result<Step, NotAPolicy> {
    let (hours, percent) = text.split_once(':').ok_or(NotAPolicy)?;
    let hours_before = hours.trim().parse().map_err(|_| NotAPolicy)?;
    let percent = percent.trim().parse().map_err(|_| NotAPolicy)?;
    if (1..=100).contains(&percent) { Ok(Step { hours_before, percent }) } else { Err(NotAPolicy) }
}

impl Serialize for Policy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Policy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

/// The steps, as they are stored: [`Policy::parse`] reads them back.
impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("none");
        }
        let steps: Vec<_> =
            self.0.iter().map(|step| format!("{}:{}", step.hours_before, step.percent)).collect();
        f.write_str(&steps.join(","))
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;
    use crate::money::Currency;

    fn refund(policy: &str, hours_before: i64, seconds: i64) -> String {
        let check_in_at: Timestamp = "2027-01-05T17:00:00Z".parse().unwrap();
        let now = check_in_at - SignedDuration::from_hours(hours_before) + SignedDuration::from_secs(seconds);
        let paid = Money::parse("1000.01", Currency::parse("ARS").unwrap()).unwrap();
        Policy::parse(policy).unwrap().refund_of(paid, check_in_at, now).to_string()
    }

    #[test]
    fn deadlines_are_instants_and_halves_round_up() {
        for (policy, hours, seconds, expected) in [
            ("flexible", 24, 0, "1000.01"),
            ("flexible", 24, 1, "0.00"),
            ("moderate", 120, 0, "1000.01"),
            ("moderate", 119, 0, "0.00"),
            ("strict", 336, 0, "1000.01"),
            ("strict", 335, 0, "500.01"),
            ("strict", 167, 0, "0.00"),
            ("48:50, 168:100", 100, 0, "500.01"),
            ("none", 9_999, 0, "0.00"),
            ("0:10", -1, 0, "0.00"),
        ] {
            assert_eq!(refund(policy, hours, seconds), expected, "{policy}, {hours} h");
        }
    }

    #[test]
    fn what_is_written_is_read_back_and_nonsense_is_refused() {
        for text in ["flexible", "moderate", "strict", "none", "168:100,48:50"] {
            let policy = Policy::parse(text).unwrap();
            assert_eq!(Policy::parse(&policy.to_string()), Ok(policy));
        }
        for text in ["", "soft", "24", "24:0", "24:101", "24:50,24:40", "48:50,24:100", "-1:50", "1:x"] {
            assert_eq!(Policy::parse(text), Err(NotAPolicy), "{text}");
        }
    }
}
