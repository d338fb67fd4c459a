//! Amounts with their currencies, as PayPal writes and reads them.

use serde_json::{Value, json};

use super::{PayPalPayloads, api_error::ApiError};
use crate::exact_amount::Amount;

/// The currencies that PayPal takes; ARS, CLP, COP, PEN and UYU are not among them.
///
/// <https://developer.paypal.com/api/rest/reference/currency-codes/>
const CURRENCIES: [&str; 24] = [
    "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF", "ILS", "JPY", "MXN", "MYR",
    "NOK", "NZD", "PHP", "PLN", "SEK", "SGD", "THB", "TWD", "USD",
];

/// Those without decimals.
const WHOLE: [&str; 3] = ["HUF", "JPY", "TWD"];

/// An amount with its currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Money {
    pub(crate) value: Amount,
    pub(crate) currency_code: String,
}

impl Money {
    /// Reads `{"currency_code":"USD","value":"10.00"}`; `field` is how errors name it.
    pub(crate) fn read(value: &Value, field: &str) -> Result<Self, ApiError> {
        let code = value["currency_code"]
            .as_str()
            .ok_or_else(|| ApiError::missing(&format!("{field}/currency_code")))?;
        let text = value["value"].as_str().ok_or_else(|| ApiError::missing(&format!("{field}/value")))?;
        if !CURRENCIES.contains(&code) {
            let description = "Currency code is invalid or is not currently supported. Please refer \
                               https://developer.paypal.com/api/rest/reference/currency-codes/ for list of \
                               supported currency codes.";
            return Err(
                ApiError::refused("INVALID_CURRENCY_CODE", description).at(&format!("{field}/currency_code"))
            );
        }
        let at = format!("{field}/value");
        let Some(amount) = Amount::parse(text) else {
            return Err(ApiError::invalid(
                "INVALID_PARAMETER_SYNTAX",
                "The value of a field does not conform to the expected format.",
            )
            .at(&at));
        };
        if amount.decimals() > decimals(code) {
            let description = match decimals(code) {
                0 => ("DECIMALS_NOT_SUPPORTED", "Currency does not support decimals."),
                _ => (
                    "DECIMAL_PRECISION",
                    "The value of the field should not be more than two decimal places.",
                ),
            };
            return Err(ApiError::refused(description.0, description.1).at(&at));
        }
        if !amount.is_positive() {
            return Err(ApiError::refused("CANNOT_BE_ZERO_OR_NEGATIVE", "Must be greater than zero.").at(&at));
        }
        Ok(Self { value: amount, currency_code: code.to_owned() })
    }

    /// The same currency with another value.
    pub(crate) fn with(&self, value: Amount) -> Self {
        Self { value, currency_code: self.currency_code.clone() }
    }

    /// `10.00`, `100` in yen.
    pub(crate) fn text(&self) -> String {
        self.value.with_decimals(decimals(&self.currency_code))
    }

    /// As PayPal writes it: the value is text.
    pub(crate) fn to_json(&self, payloads: &PayPalPayloads) -> Value {
        let text = self.text();
        let value = match payloads.values_as_numbers {
            true => self.value.to_json(),
            false => json!(text),
        };
        json!({ "currency_code": self.currency_code, "value": value })
    }
}

fn decimals(code: &str) -> u32 {
    if WHOLE.contains(&code) { 0 } else { 2 }
}
