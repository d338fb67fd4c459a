//! Integer amounts with their currency.
//!
//! The one rounding rule: an amount that does not come out to a whole minor unit is rounded half away
//! from zero, once per quote line. Lines are then added as integers, so a quote always adds up.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An ISO 4217 code that this program knows, with its number of decimals.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency {
    code: [u8; 3],
    decimals: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown currency: give an ISO 4217 code such as ARS, MXN or EUR")]
pub struct UnknownCurrency;

/// ISO 4217, list one, with the exponent of each; the currencies of the Americas and Europe and the usual others.
const KNOWN: &[(&str, u8)] = &[
    ("ARS", 2),
    ("AUD", 2),
    ("BOB", 2),
    ("BRL", 2),
    ("CAD", 2),
    ("CHF", 2),
    ("CLP", 0),
    ("CNY", 2),
    ("COP", 2),
    ("CRC", 2),
    ("CUP", 2),
    ("CZK", 2),
    ("DKK", 2),
    ("DOP", 2),
    ("EUR", 2),
    ("GBP", 2),
    ("GTQ", 2),
    ("HNL", 2),
    ("HUF", 2),
    ("INR", 2),
    ("JPY", 0),
    ("KRW", 0),
    ("KWD", 3),
    ("MXN", 2),
    ("NIO", 2),
    ("NOK", 2),
    ("NZD", 2),
    ("PAB", 2),
    ("PEN", 2),
    ("PLN", 2),
    ("PYG", 0),
    ("RON", 2),
    ("SEK", 2),
    ("TND", 3),
    ("USD", 2),
    ("UYU", 2),
    ("VES", 2),
    ("ZAR", 2),
];

impl Currency {
    /// Case does not matter: `ars` is `ARS`.
    pub fn parse(text: &str) -> Result<Self, UnknownCurrency> {
        let upper = text.trim().to_ascii_uppercase();
        let (code, decimals) = KNOWN.iter().find(|(code, _)| *code == upper).ok_or(UnknownCurrency)?;
        let bytes = code.as_bytes();
        Ok(Self { code: [bytes[0], bytes[1], bytes[2]], decimals: *decimals })
    }

    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.code).expect("codes come from the ASCII table above")
    }

    /// Digits after the point: 2 for ARS, 0 for CLP and PYG.
    pub fn decimals(&self) -> u8 {
        self.decimals
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Currency {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

/// An amount in minor units (cents) of one currency.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Money {
    pub minor: i64,
    pub currency: Currency,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    #[error("an amount is written with digits and at most one point, such as 15000.00")]
    NotANumber,
    #[error("the amount has more decimals than its currency")]
    TooManyDecimals,
    #[error("the amount is too large")]
    TooLarge,
}

/// No price here reaches this many minor units: sums of thousands of them stay far from overflow.
pub const MAX_MINOR: i64 = 1_000_000_000_000_000;

impl Money {
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    pub const fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// Reads `15000`, `15000.5`, `-3.20` exactly; trailing zeros beyond the currency's decimals are allowed.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let text = text.trim();
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) || digits.ends_with('.') {
            return Err(MoneyError::NotANumber);
        }
        let decimals = usize::from(currency.decimals);
        let (kept, dropped) = fraction.split_at(fraction.len().min(decimals));
        if dropped.bytes().any(|b| b != b'0') {
            return Err(MoneyError::TooManyDecimals);
        }
        let joined = format!("{whole}{kept:0<decimals$}");
        let minor: i64 = joined.parse().map_err(|_| MoneyError::TooLarge)?;
        if minor > MAX_MINOR {
            return Err(MoneyError::TooLarge);
        }
        Ok(Self::new(if negative { -minor } else { minor }, currency))
    }

    /// Adds amounts of one currency.
    ///
    /// # Panics
    /// When the currencies differ: mixing them is a programming error, every stay has one currency.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        assert_eq!(self.currency, other.currency, "amounts of two currencies are never added");
        Self::new(self.minor + other.minor, self.currency)
    }

    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        self.plus(Self::new(-other.minor, other.currency))
    }

    pub fn is_positive(&self) -> bool {
        self.minor > 0
    }
}

impl fmt::Display for Money {
    /// The decimal string of the API, without the currency: `51000.00`, `-3.20`, `4500` (CLP).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = u32::from(self.currency.decimals);
        let unit = 10_u64.pow(decimals);
        let absolute = self.minor.unsigned_abs();
        let sign = if self.minor < 0 { "-" } else { "" };
        if decimals == 0 {
            return write!(f, "{sign}{absolute}");
        }
        write!(f, "{sign}{}.{:0width$}", absolute / unit, absolute % unit, width = decimals as usize)
    }
}

/// `amount × numerator ÷ denominator`, rounded half away from zero: the rounding rule of this program.
///
/// # Panics
/// When `denominator` is not positive.
pub fn scale(amount_minor: i64, numerator: i64, denominator: i64) -> i64 {
    assert!(denominator > 0, "a denominator is a positive constant");
    let product = i128::from(amount_minor) * i128::from(numerator);
    let denominator = i128::from(denominator);
    let half = denominator / 2;
    let rounded = if product >= 0 { (product + half) / denominator } else { (product - half) / denominator };
    i64::try_from(rounded).unwrap_or(if rounded < 0 { -MAX_MINOR } else { MAX_MINOR })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ars(text: &str) -> Money {
        Money::parse(text, Currency::parse("ARS").unwrap()).unwrap()
    }

    #[test]
    fn amounts_are_read_and_written_exactly() {
        for (text, minor, written) in [
            ("15000", 1_500_000, "15000.00"),
            ("0.1", 10, "0.10"),
            ("-3.20", -320, "-3.20"),
            ("7.5000", 750, "7.50"),
        ] {
            assert_eq!(ars(text).minor, minor);
            assert_eq!(ars(text).to_string(), written);
        }
    }

    #[test]
    fn bad_amounts_are_refused() {
        let ars = Currency::parse("ARS").unwrap();
        for text in ["", ".5", "5.", "1,5", "1e3", "--1", "١٢", "NaN"] {
            assert_eq!(Money::parse(text, ars), Err(MoneyError::NotANumber), "{text}");
        }
        assert_eq!(Money::parse("1.005", ars), Err(MoneyError::TooManyDecimals));
        assert_eq!(Money::parse("99999999999999999999", ars), Err(MoneyError::TooLarge));
    }

    #[test]
    fn pesos_of_chile_and_guaranies_have_no_decimals() {
        for code in ["CLP", "PYG"] {
            let currency = Currency::parse(code).unwrap();
            assert_eq!(Money::parse("4500", currency).unwrap().to_string(), "4500");
            assert_eq!(Money::parse("4500.5", currency), Err(MoneyError::TooManyDecimals));
        }
    }

    #[test]
    fn halves_round_away_from_zero() {
        assert_eq!(scale(5, 1, 2), 3);
        assert_eq!(scale(-5, 1, 2), -3);
        assert_eq!(scale(333, 3_000, 10_000), 100);
    }
}
