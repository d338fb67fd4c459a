//! Request bodies of PayPal.

use domain::money::Money;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::{http::CallError, payments::CheckoutRequest};

/// Both are the documented limits of the fields.
const MAX_DESCRIPTION_CHARS: usize = 127;
const MAX_REQUEST_ID_LENGTH: usize = 108;

/// `POST /v2/checkout/orders`: developer.paypal.com/docs/api/orders/v2/#orders_create.
#[derive(Serialize)]
pub struct Order<'a> {
    intent: &'static str,
    purchase_units: [PurchaseUnit<'a>; 1],
    payment_source: PaymentSource<'a>,
}

#[derive(Serialize)]
struct PurchaseUnit<'a> {
    /// Our id of what is paid; comes back in the capture.
    custom_id: &'a str,
    /// They take no second payment under one invoice id, even after they have forgotten the request id.
    invoice_id: &'a str,
    description: String,
    amount: Amount,
}

#[derive(Serialize)]
struct Amount {
    currency_code: String,
    value: String,
}

#[derive(Serialize)]
struct PaymentSource<'a> {
    paypal: PayPal<'a>,
}

#[derive(Serialize)]
struct PayPal<'a> {
    experience_context: ExperienceContext<'a>,
}

#[derive(Serialize)]
struct ExperienceContext<'a> {
    return_url: &'a str,
    cancel_url: &'a str,
    user_action: &'static str,
    shipping_preference: &'static str,
    /// Otherwise a guest may pay by a bank transfer that takes days, longer than any hold.
    payment_method_preference: &'static str,
}

/// `POST /v2/payments/captures/{id}/refund`; without an amount, all that is left.
#[derive(Serialize)]
pub struct RefundBody {
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<Amount>,
}

/// `{}`, which they want where there is nothing to say.
#[derive(Serialize)]
pub struct Nothing {}

pub fn order<'a>(request: &'a CheckoutRequest, request_id: &'a str) -> Result<Order<'a>, CallError> {
    let CheckoutRequest { reference, title, back_url, .. } = request;
    Ok(Order {
        intent: "CAPTURE",
        purchase_units: [PurchaseUnit {
            custom_id: reference,
            invoice_id: request_id,
            description: title.chars().take(MAX_DESCRIPTION_CHARS).collect(),
            amount: amount(request.amount)?,
        }],
        payment_source: PaymentSource {
            paypal: PayPal {
                experience_context: ExperienceContext {
                    return_url: back_url,
                    cancel_url: back_url,
                    user_action: "PAY_NOW",
                    shipping_preference: "NO_SHIPPING",
                    payment_method_preference: "IMMEDIATE_PAYMENT_REQUIRED",
                },
            },
        },
    })
}

pub fn refund(amount_back: Option<Money>) -> Result<RefundBody, CallError> {
    Ok(RefundBody { amount: amount_back.map(amount).transpose()? })
}

/// The key as `PayPal-Request-Id`; a longer one is replaced by its hash.
pub fn request_id(idempotency_key: &str) -> String {
    if idempotency_key.len() <= MAX_REQUEST_ID_LENGTH {
        return idempotency_key.to_owned();
    }
    hex::encode(Sha256::digest(idempotency_key.as_bytes()))
}

/// developer.paypal.com/reference/currency-codes: HUF, JPY and TWD without decimals, and ISO 4217 gives HUF two.
fn amount(money: Money) -> Result<Amount, CallError> {
    let currency_code = money.currency.code().to_owned();
    let text = money.to_string();
    if currency_code != "HUF" {
        return Ok(Amount { currency_code, value: text });
    }
    match text.strip_suffix(".00") {
        Some(whole) => Ok(Amount { currency_code, value: whole.to_owned() }),
        None => Err(CallError::Refused {
            status: 0,
            code: Some("DECIMALS_NOT_SUPPORTED".to_owned()),
            detail: "this vendor takes whole forints only".to_owned(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use domain::money::Currency;

    use super::*;

    fn refund_json(text: &str, code: &str) -> Result<String, CallError> {
        let money = Money::parse(text, Currency::parse(code).unwrap()).unwrap();
        refund(Some(money)).map(|body| serde_json::to_string(&body).unwrap())
    }

    #[test]
    fn amounts_have_the_decimals_that_they_take() {
        for (amount, currency, value) in [
            ("10.5", "USD", "10.50"),
            ("1500", "JPY", "1500"),
            ("1500", "HUF", "1500"),
            ("90071992547.99", "EUR", "90071992547.99"),
        ] {
            let expected = format!(r#"{{"amount":{{"currency_code":"{currency}","value":"{value}"}}}}"#);
            assert_eq!(refund_json(amount, currency), Ok(expected));
        }
        assert!(matches!(refund_json("1500.5", "HUF"), Err(CallError::Refused { status: 0, .. })));
        assert_eq!(serde_json::to_string(&refund(None).unwrap()).unwrap(), "{}");
    }

    #[test]
    fn long_keys_are_hashed() {
        assert_eq!(request_id("key-1"), "key-1");
        assert_eq!(request_id(&"k".repeat(108)).len(), 108);
        assert_eq!(request_id(&"k".repeat(109)).len(), 64);
        assert_ne!(request_id(&"k".repeat(109)), request_id(&"k".repeat(110)));
    }
}
