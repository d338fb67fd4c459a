//! Request bodies of Mercado Pago.

use domain::money::Money;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::value::RawValue;

use crate::payments::CheckoutRequest;

/// `POST /checkout/preferences`: github.com/mercadopago/sdk-nodejs, src/clients/preference/commonTypes.ts.
#[derive(Serialize)]
pub struct Preference<'a> {
    items: [Item<'a>; 1],
    external_reference: &'a str,
    back_urls: BackUrls<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    auto_return: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    notification_url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payer: Option<Payer<'a>>,
    #[serde(flatten)]
    expiry: Expiry,
    /// When cash slips and other pending methods end, which outlive the page otherwise.
    date_of_expiration: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    payment_methods: Option<Methods>,
}

/// Ways to pay that are kept off the page.
#[derive(Serialize)]
struct Methods {
    excluded_payment_types: [Named; 2],
}

#[derive(Serialize)]
struct Named {
    id: &'static str,
}

/// Slips that are paid at a counter or a machine. `bank_transfer` stays: it is Pix, which arrives at once.
const SLOW: [Named; 2] = [Named { id: "ticket" }, Named { id: "atm" }];

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    title: &'a str,
    quantity: u8,
    /// A number with exactly the digits of the amount.
    unit_price: Box<RawValue>,
    currency_id: &'a str,
}

#[derive(Serialize)]
struct BackUrls<'a> {
    success: &'a str,
    pending: &'a str,
    failure: &'a str,
}

#[derive(Serialize)]
struct Payer<'a> {
    email: &'a str,
}

/// When a preference ends; alone it is the body of `PUT /checkout/preferences/{id}`.
#[derive(Serialize)]
pub struct Expiry {
    expires: bool,
    expiration_date_to: String,
}

/// `POST /v1/payments/{id}/refunds`; without an amount, all that is left.
#[derive(Serialize)]
pub struct RefundBody {
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<Box<RawValue>>,
}

/// `PUT /v1/payments/{id}`.
#[derive(Serialize)]
pub struct Cancel {
    status: &'static str,
}

pub fn preference(request: &CheckoutRequest) -> Preference<'_> {
    let CheckoutRequest { reference, title, amount, back_url, .. } = request;
    Preference {
        items: [Item {
            id: reference,
            title,
            quantity: 1,
            unit_price: number(*amount),
            currency_id: amount.currency.code(),
        }],
        external_reference: reference,
        back_urls: BackUrls { success: back_url, pending: back_url, failure: back_url },
        // They refuse `auto_return` unless the address is https.
        auto_return: back_url.starts_with("https://").then_some("approved"),
        notification_url: request.notification_url.as_deref(),
        payer: request.payer_email.as_deref().map(|email| Payer { email }),
        expiry: expiry(request.expires_at),
        date_of_expiration: instant(request.slow_until.unwrap_or(request.expires_at)),
        payment_methods: request.slow_until.is_none().then_some(Methods { excluded_payment_types: SLOW }),
    }
}

pub fn expiry(expires_at: Timestamp) -> Expiry {
    Expiry { expires: true, expiration_date_to: instant(expires_at) }
}

pub fn refund(amount: Option<Money>) -> RefundBody {
    RefundBody { amount: amount.map(number) }
}

pub fn cancel() -> Cancel {
    Cancel { status: "cancelled" }
}

/// ISO 8601 with milliseconds and offset, the only shape they take without surprises.
fn instant(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S.%3f+00:00").to_string()
}

fn number(amount: Money) -> Box<RawValue> {
    RawValue::from_string(amount.to_string()).expect("a decimal string of Money is a JSON number")
}

#[cfg(test)]
mod tests {
    use domain::money::Currency;
    use serde_json::json;

    use super::*;

    fn money(text: &str, code: &str) -> Money {
        Money::parse(text, Currency::parse(code).unwrap()).unwrap()
    }

    fn request(back_url: &str) -> CheckoutRequest {
        CheckoutRequest {
            reference: "stay-1".to_owned(),
            title: "Seña Cabaña Ñandú".to_owned(),
            amount: money("15300.10", "ARS"),
            expires_at: "2026-09-01T13:00:00Z".parse().unwrap(),
            slow_until: None,
            idempotency_key: "key".to_owned(),
            back_url: back_url.to_owned(),
            notification_url: None,
            payer_email: Some("guest@example.com".to_owned()),
        }
    }

    #[test]
    fn a_preference_has_exact_numbers_and_instants() {
        let text = serde_json::to_string(&preference(&request("https://desk.example/s/1"))).unwrap();
        assert!(text.contains(r#""unit_price":15300.10,"#), "{text}");
        let body: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(body["expiration_date_to"], "2026-09-01T13:00:00.000+00:00");
        assert_eq!(body["date_of_expiration"], body["expiration_date_to"]);
        assert_eq!(body["expires"], true);
        assert_eq!(body["auto_return"], "approved");
        assert_eq!(body["items"][0]["currency_id"], "ARS");
        assert_eq!(body["payer"], json!({"email": "guest@example.com"}));
        assert!(body.get("notification_url").is_none());
    }

    #[test]
    fn no_automatic_return_to_plain_http() {
        let request = request("http://localhost/s/1");
        let body = serde_json::to_value(preference(&request)).unwrap();
        assert!(body.get("auto_return").is_none());
    }

    #[test]
    fn refunds_name_an_amount_or_nothing() {
        let text = |amount| serde_json::to_string(&refund(amount)).unwrap();
        assert_eq!(text(None), "{}");
        assert_eq!(text(Some(money("0.10", "ARS"))), r#"{"amount":0.10}"#);
        assert_eq!(text(Some(money("4500", "CLP"))), r#"{"amount":4500}"#);
    }
}
