//! Factors and percentages with four exact decimals: a multiplier of 1.2, a tax of 10.5 percent.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A non-negative number in ten-thousandths: `1.2` is `12_000`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Decimal(i64);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("give a number between 0 and 10000 with at most four decimals, such as 1.2")]
pub struct NotADecimal;

impl Decimal {
    pub const SCALE: i64 = 10_000;
    pub const ZERO: Self = Self(0);
    pub const ONE: Self = Self(Self::SCALE);

    pub const fn from_ten_thousandths(value: i64) -> Self {
        Self(value)
    }

    pub const fn whole(value: i64) -> Self {
        Self(value * Self::SCALE)
    }

    pub const fn ten_thousandths(self) -> i64 {
        self.0
    }

    pub fn parse(text: &str) -> Result<Self, NotADecimal> {
        let (whole, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
        let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || whole.len() > 5 || !all_digits(whole) || !all_digits(fraction) {
            return Err(NotADecimal);
        }
        let trimmed = fraction.trim_end_matches('0');
        if trimmed.len() > 4 {
            return Err(NotADecimal);
        }
        let value: i64 = format!("{whole}{trimmed:0<4}").parse().map_err(|_| NotADecimal)?;
        if value > Self::whole(10_000).0 { Err(NotADecimal) } else { Ok(Self(value)) }
    }

    /// `amount × self`, rounded by the rule of `money`.
    pub fn times(self, amount_minor: i64) -> i64 {
        crate::money::scale(amount_minor, self.0, Self::SCALE)
    }

    /// `self` percent of `amount`, rounded by the rule of `money`.
    pub fn percent_of(self, amount_minor: i64) -> i64 {
        crate::money::scale(amount_minor, self.0, Self::SCALE * 100)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, fraction) = (self.0 / Self::SCALE, self.0 % Self::SCALE);
        if fraction == 0 {
            return write!(f, "{whole}");
        }
        write!(f, "{whole}.{}", format!("{fraction:04}").trim_end_matches('0'))
    }
}

impl Serialize for Decimal {
    /// A JSON number. Four decimals below ten thousand survive the way through a double unchanged.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0 % Self::SCALE == 0 {
            return serializer.serialize_i64(self.0 / Self::SCALE);
        }
        #[expect(clippy::cast_precision_loss, reason = "at most 10^8, exact in a double")]
        serializer.serialize_f64(self.0 as f64 / Self::SCALE as f64)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    /// A JSON number or a string: `1.2`, `"1.2"`.
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Whole(u32),
            Number(f64),
            Text(String),
        }
        let text = match Written::deserialize(deserializer)? {
            Written::Whole(n) => n.to_string(),
            // The shortest text that reads back to the same double is the text that was sent.
            Written::Number(n) => n.to_string(),
            Written::Text(text) => text,
        };
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_as_read() {
        for text in ["0", "1.2", "30", "10.5", "0.0001", "10000"] {
            assert_eq!(Decimal::parse(text).unwrap().to_string(), text);
            let json = serde_json::to_string(&Decimal::parse(text).unwrap()).unwrap();
            assert_eq!(json, text);
            assert_eq!(serde_json::from_str::<Decimal>(&json).unwrap(), Decimal::parse(text).unwrap());
        }
        assert_eq!(
            serde_json::from_str::<Decimal>("\"1.2\"").unwrap(),
            Decimal::from_ten_thousandths(12_000)
        );
    }

    #[test]
    fn bad_numbers_are_refused() {
        for text in ["", "-1", "1.23456", "10001", "1e2", "NaN"] {
            assert_eq!(Decimal::parse(text), Err(NotADecimal), "{text}");
        }
    }
}
