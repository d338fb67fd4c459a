//! Request forms: `application/x-www-form-urlencoded`, with brackets for what is nested.

use std::time::Duration;

use domain::money::Money;
use jiff::Timestamp;

use crate::payments::CheckoutRequest;

pub type Form = Vec<(&'static str, String)>;

/// Our id of what is paid, in everything that we make over there.
pub const REFERENCE: &str = "reference";

/// docs.stripe.com/api/checkout/sessions/create#create_checkout_session-expires_at: half an hour at least, a day at
/// most. The clocks need not agree to the second, and the request takes a while.
const SHORTEST: Duration = Duration::from_secs(30 * 60 + 30);
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60 - 30);

/// The end that a page may have: the one that is wanted, or the nearest to it.
pub fn allowed_end(wanted: Timestamp, now: Timestamp) -> Timestamp {
    wanted.max(now + SHORTEST).min(now + LONGEST)
}

/// `POST /v1/checkout/sessions`.
pub fn session(request: &CheckoutRequest, expires_at: Timestamp) -> Form {
    let CheckoutRequest { reference, title, amount, back_url, payer_email, .. } = request;
    let mut form = vec![
        ("mode", "payment".to_owned()),
        ("client_reference_id", reference.clone()),
        ("metadata[reference]", reference.clone()),
        // The session's metadata is not copied to the payment.
        ("payment_intent_data[metadata][reference]", reference.clone()),
        ("payment_intent_data[description]", title.clone()),
        ("line_items[0][quantity]", "1".to_owned()),
        ("line_items[0][price_data][currency]", amount.currency.code().to_ascii_lowercase()),
        ("line_items[0][price_data][unit_amount]", amount.minor.to_string()),
        ("line_items[0][price_data][product_data][name]", title.clone()),
        ("success_url", back_url.clone()),
        ("cancel_url", back_url.clone()),
        ("expires_at", expires_at.as_second().to_string()),
    ];
    if request.slow_until.is_none() {
        // Without it, the account's own list decides, which may hold vouchers and bank debits that take days.
        form.push(("payment_method_types[0]", "card".to_owned()));
    }
    form.extend(payer_email.clone().map(|email| ("customer_email", email)));
    form
}

/// `POST /v1/refunds`; without an amount, all that is left.
pub fn refund(payment_id: &str, amount: Option<Money>) -> Form {
    let mut form = vec![("payment_intent", payment_id.to_owned())];
    form.extend(amount.map(|amount| ("amount", amount.minor.to_string())));
    form
}

/// The query of a search, docs.stripe.com/search#search-query-language: quotes and backslashes are escaped.
pub fn search(reference: &str) -> String {
    let escaped = reference.replace('\\', "\\\\").replace('\'', "\\'");
    format!("metadata['{REFERENCE}']:'{escaped}'")
}

#[cfg(test)]
mod tests {
    use domain::money::Currency;

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_page_lives_half_an_hour_to_a_day() {
        let now = at("2026-09-01T12:00:00Z");
        for (wanted, end) in [
            ("2026-09-01T12:10:00Z", "2026-09-01T12:30:30Z"),
            ("2026-09-01T12:30:30Z", "2026-09-01T12:30:30Z"),
            ("2026-09-01T13:00:00Z", "2026-09-01T13:00:00Z"),
            ("2026-09-04T12:00:00Z", "2026-09-02T11:59:30Z"),
            ("2026-09-01T11:00:00Z", "2026-09-01T12:30:30Z"),
        ] {
            assert_eq!(allowed_end(at(wanted), now), at(end), "{wanted}");
        }
    }

    #[test]
    fn amounts_are_minor_units_and_quotes_are_escaped() {
        let money = |text, code| Money::parse(text, Currency::parse(code).unwrap()).unwrap();
        assert_eq!(refund("pi_1", Some(money("10.50", "ARS")))[1], ("amount", "1050".to_owned()));
        assert_eq!(refund("pi_1", Some(money("4500", "CLP")))[1], ("amount", "4500".to_owned()));
        assert_eq!(refund("pi_1", None).len(), 1);
        assert_eq!(search(r"a'b\"), r"metadata['reference']:'a\'b\\'");
    }
}
