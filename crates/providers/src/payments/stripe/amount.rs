//! Amounts: whole minor units, of which a currency may have 1, 100 or 1000.

use crate::{decimal_text, lenient_json::Fields};

/// docs.stripe.com/currencies#zero-decimal. Their UGX and ISK are written with two decimals.
const ZERO_DECIMALS: [&str; 15] =
    ["BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF"];
/// docs.stripe.com/currencies#three-decimal
const THREE_DECIMALS: [&str; 5] = ["BHD", "JOD", "KWD", "OMR", "TND"];

/// The whole number under `key` as exact decimal text: `1530010` ARS is `15300.1`.
pub fn decimal(fields: &Fields, key: &str, currency: &str) -> Option<String> {
    let minor = fields.decimal(key).filter(|minor| !minor.contains('.'))?;
    decimal_text::canonical(&format!("{minor}e-{}", decimals(currency)))
}

fn decimals(currency: &str) -> u8 {
    match currency {
        zero if ZERO_DECIMALS.contains(&zero) => 0,
        three if THREE_DECIMALS.contains(&three) => 3,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use domain::money::Currency;

    use super::*;

    #[test]
    fn minor_units_become_decimals() {
        for (amount, currency, expected) in [
            ("1530010", "ARS", Some("15300.1")),
            ("5", "USD", Some("0.05")),
            ("4500", "CLP", Some("4500")),
            ("1500", "JPY", Some("1500")),
            ("12340", "KWD", Some("12.34")),
            ("\"2000\"", "EUR", Some("20")),
            ("0", "EUR", Some("0")),
            ("9007199254740993", "USD", Some("90071992547409.93")),
            ("12.5", "USD", None),
            ("null", "USD", None),
        ] {
            let fields = Fields::parse(format!(r#"{{"amount":{amount}}}"#).as_bytes()).unwrap();
            assert_eq!(decimal(&fields, "amount", currency).as_deref(), expected, "{amount} {currency}");
        }
    }

    /// What we send is `Money::minor` as it is, so both tables must agree.
    #[test]
    fn the_desk_counts_decimals_as_they_do() {
        for code in ["ARS", "CLP", "COP", "HUF", "JPY", "KRW", "KWD", "MXN", "PYG", "TND", "USD", "UYU"] {
            assert_eq!(decimals(code), Currency::parse(code).unwrap().decimals(), "{code}");
        }
    }
}
