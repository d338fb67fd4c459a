//! Amounts of money without rounding.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Number, Value, json};

/// An amount of money in thousandths of the currency's unit, because some currencies have three decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Amount(i64);

impl Amount {
    /// Whole units of the currency.
    pub const fn units(units: i64) -> Self {
        Self(units * 1000)
    }

    /// Hundredths of the currency's unit.
    pub const fn cents(cents: i64) -> Self {
        Self(cents * 10)
    }

    /// A JSON number with at most three decimals; nothing else is an amount.
    pub(crate) fn read(value: &Value) -> Option<Self> {
        value.as_number().and_then(|number| Self::parse(&number.to_string()))
    }

    /// Plain decimals such as `12`, `12.5`, `-0.125`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        if fraction.len() > 3 || !format!("{whole}{fraction}").bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let whole: i64 = whole.parse().ok()?;
        let thousandths: i64 = format!("{fraction:0<3}").parse().ok()?;
        let size = whole.checked_mul(1000)?.checked_add(thousandths)?;
        Some(Self(if negative { -size } else { size }))
    }

    /// As Mercado Pago writes it: `100`, `100.5`.
    pub(crate) fn to_json(self) -> Value {
        if self.0 % 1000 == 0 {
            return json!(self.0 / 1000);
        }
        Number::from_f64(self.0 as f64 / 1000.0).map_or(Value::Null, Value::Number)
    }

    /// With exactly this many decimals; further digits are cut off.
    pub(crate) fn with_decimals(self, decimals: u32) -> String {
        let (whole, thousandths) = (self.0.abs() / 1000, self.0.unsigned_abs() % 1000);
        let sign = if self.0 < 0 { "-" } else { "" };
        let fraction = &format!("{thousandths:03}")[..decimals.min(3) as usize];
        let point = if fraction.is_empty() { "" } else { "." };
        format!("{sign}{whole}{point}{fraction}")
    }

    pub(crate) fn times(self, quantity: i64) -> Option<Self> {
        self.0.checked_mul(quantity).map(Self)
    }

    pub(crate) fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    pub(crate) fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// Half, rounded down to whole hundredths.
    pub(crate) fn half(self) -> Self {
        Self(self.0 / 20 * 10)
    }

    pub(crate) fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// How many decimals it needs.
    pub(crate) fn decimals(self) -> u32 {
        match self.0 {
            whole if whole % 1000 == 0 => 0,
            tenths if tenths % 100 == 0 => 1,
            hundredths if hundredths % 10 == 0 => 2,
            _ => 3,
        }
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, rest) = (self.0.unsigned_abs() / 1000, self.0.unsigned_abs() % 1000);
        if rest % 10 == 0 {
            write!(formatter, "{sign}{whole}.{:02}", rest / 10)
        } else {
            write!(formatter, "{sign}{whole}.{rest:03}")
        }
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_json().serialize(serializer)
    }
}

/// Control bodies may write an amount as a number or as a string.
impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let amount = match &value {
            Value::String(text) => Self::parse(text),
            other => Self::read(other),
        };
        amount.ok_or_else(|| serde::de::Error::custom("an amount with at most three decimals"))
    }
}

#[cfg(test)]
mod tests {
    use super::Amount;

    #[test]
    fn amounts_are_exact() {
        for (text, json, shown) in [
            ("100", "100", "100.00"),
            ("12.5", "12.5", "12.50"),
            ("0.125", "0.125", "0.125"),
            ("7.07", "7.07", "7.07"),
        ] {
            let amount = Amount::parse(text).unwrap();
            assert_eq!(amount.to_json().to_string(), json);
            assert_eq!(amount.to_string(), shown);
        }
        assert_eq!(Amount::parse("1234.5").unwrap().with_decimals(2), "1234.50");
        assert_eq!(Amount::parse("1234.5").unwrap().with_decimals(0), "1234");
        assert_eq!(Amount::parse("1.2345"), None);
        assert_eq!(Amount::parse("1e5"), None);
        assert_eq!(Amount::parse(""), None);
    }
}
