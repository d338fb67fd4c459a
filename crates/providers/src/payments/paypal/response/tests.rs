//! Tests of what an answer of PayPal means.

use super::*;

fn answer(status: u16, body: &str) -> Answer {
    Answer { status, retry_after: None, should_retry: None, body: Ok(body.as_bytes().to_vec()) }
}

fn read_capture(body: &str) -> Read {
    capture(&answer(200, body), "CAP1", Environment::Live).unwrap().unwrap()
}

const CAPTURE: &str = r#"{"id":"CAP1","status":"COMPLETED","amount":{"currency_code":"USD","value":"1500.50"},
    "custom_id":"stay-1","invoice_id":"key-1","payee":{"merchant_id":"MER1","email_address":"x"},"final_capture":true,
    "create_time":"2026-09-01T10:00:00-03:00","supplementary_data":{"related_ids":{"order_id":"ORD1"}},"new":[{}]}"#;

#[test]
fn a_capture_is_read_exactly() {
    let Read { seen, order_id, is_partly_refunded } = read_capture(CAPTURE);
    assert_eq!((seen.status.clone(), is_partly_refunded), (PaymentStatus::Approved, false));
    assert_eq!(seen.amount_decimal.as_deref(), Some("1500.5"));
    assert_eq!(seen.amount().unwrap().minor, 150_050);
    assert_eq!(seen.refunded().unwrap().minor, 0);
    assert_eq!(seen.reference.as_deref(), Some("stay-1"));
    assert_eq!(seen.collector_id.as_deref(), Some("MER1"));
    assert_eq!((seen.live_mode, order_id.as_deref()), (Some(true), Some("ORD1")));
    assert_eq!(seen.approved_at.unwrap().to_string(), "2026-09-01T13:00:00Z");
    assert_eq!(seen.method.as_deref(), Some("paypal"));
}

#[test]
fn older_captures_name_their_order_in_a_link() {
    for (href, expected) in [
        ("https://api.paypal.com/v2/checkout/orders/8WE0", Some("8WE0")),
        ("https://api.paypal.com/v2/payments/authorizations/8WE0", None),
        ("orders", None),
    ] {
        let links = format!(r#"[{{"rel":"self","href":"x"}},{{"rel":"up","href":"{href}"}}]"#);
        let read = read_capture(&format!(r#"{{"id":"CAP1","links":{links}}}"#));
        assert_eq!(read.order_id.as_deref(), expected, "{href}");
    }
}

#[test]
fn states_that_we_do_not_know_are_pending() {
    for (written, domain) in [
        (r#""COMPLETED""#, "approved"),
        (r#""PARTIALLY_REFUNDED""#, "approved"),
        (r#""PENDING""#, "pending"),
        (r#""DECLINED""#, "rejected"),
        (r#""FAILED""#, "rejected"),
        (r#""REFUNDED""#, "refunded"),
        (r#""REVERSED""#, "charged_back"),
        (r#""completed""#, "pending"),
        (r#""HALF_WAY""#, "pending"),
        ("null", "pending"),
        ("[]", "pending"),
    ] {
        let seen = read_capture(&format!(r#"{{"id":"CAP1","status":{written}}}"#)).seen;
        assert_eq!(seen.status.to_domain().as_str(), domain, "{written}");
    }
    let refunded = read_capture(&CAPTURE.replace("COMPLETED", "REFUNDED")).seen;
    assert_eq!(refunded.refunded().unwrap().minor, 150_050);
}

#[test]
fn amounts_come_without_decimals_as_numbers_or_not_at_all() {
    for (amount, expected) in [
        (r#"{"currency_code":"JPY","value":"1500"}"#, Some(1500)),
        (r#"{"currency_code":"HUF","value":"1500"}"#, Some(150_000)),
        (r#"{"currency_code":"KWD","value":"1.500"}"#, Some(1500)),
        (r#"{"currency_code":"USD","value":10.5}"#, Some(1050)),
        (r#"{"currency_code":"JPY","value":"1500.5"}"#, None),
        (r#"{"currency_code":"XXX","value":"1"}"#, None),
        ("[]", None),
        ("null", None),
    ] {
        let seen = read_capture(&format!(r#"{{"id":"CAP1","amount":{amount}}}"#)).seen;
        assert_eq!(seen.amount().map(|money| money.minor), expected, "{amount}");
    }
}

#[test]
fn an_order_completes_its_captures_and_adds_up_refunds() {
    let bare =
        r#"{"id":"CAP1","status":"PARTIALLY_REFUNDED","amount":{"currency_code":"USD","value":"100.00"}}"#;
    let declined = r#"{"id":"CAP0","status":"DECLINED"}"#;
    let refund = |id: &str, of: &str, value: &str, status: &str| {
        format!(
            r#"{{"id":"{id}","status":"{status}","amount":{{"currency_code":"USD","value":"{value}"}},
            "links":[{{"rel":"up","href":"https://api.paypal.com/v2/payments/captures/{of}"}}]}}"#
        )
    };
    let refunds = [
        refund("R1", "CAP1", "10.10", "COMPLETED"),
        refund("R2", "CAP1", "0.90", "PENDING"),
        refund("R3", "CAP1", "50.00", "FAILED"),
        refund("R4", "CAP9", "50.00", "COMPLETED"),
    ];
    let body = format!(
        r#"{{"id":"ORD1","status":"COMPLETED","purchase_units":[{{"custom_id":"stay-1","payee":{{"merchant_id":"MER1"}},
        "payments":{{"captures":[{declined},{bare},{{}},null],"refunds":[{}]}}}}]}}"#,
        refunds.join(",")
    );
    let order = order(&answer(200, &body), Effect::Read, Environment::Sandbox).unwrap();
    assert_eq!((order.captures.len(), order.refunds.len()), (2, 4));
    let seen = order.capture().unwrap();
    assert_eq!(seen.id, "CAP1");
    assert_eq!(seen.reference.as_deref(), Some("stay-1"));
    assert_eq!(seen.collector_id.as_deref(), Some("MER1"));
    assert_eq!((seen.refunded().unwrap().minor, seen.live_mode), (1100, Some(false)));
}

#[test]
fn the_last_declined_capture_speaks_for_an_order_without_a_better_one() {
    let captures = r#"[{"id":"CAP0","status":"DECLINED"},{"id":"CAP1","status":"FAILED"}]"#;
    let body = format!(r#"{{"id":"ORD1","purchase_units":[{{"payments":{{"captures":{captures}}}}}]}}"#);
    let order_of = |body: &str| order(&answer(200, body), Effect::Read, Environment::Live);
    assert_eq!(order_of(&body).unwrap().capture().unwrap().id, "CAP1");
    for empty in [r#"{"id":"ORD1"}"#, r#"{"id":"ORD1","purchase_units":{}}"#] {
        assert!(order_of(empty).unwrap().capture().is_none());
    }
    assert!(matches!(order_of("{}"), Err(CallError::Retry { .. })));
}

#[test]
fn a_capture_that_is_not_there_is_none_only_in_their_own_words() {
    let missing =
        r#"{"name":"RESOURCE_NOT_FOUND","details":[{"issue":"INVALID_RESOURCE_ID"}],"debug_id":"1"}"#;
    let find = |status, body: &str| capture(&answer(status, body), "CAP1", Environment::Live);
    assert!(find(404, missing).unwrap().is_none());
    assert!(find(200, missing).unwrap().is_none());
    for (status, body) in
        [(404, "<html>"), (200, "{}"), (200, r#"{"id":"CAP2"}"#), (200, "{\"id\":"), (500, missing)]
    {
        let error = find(status, body).err().unwrap();
        assert!(matches!(error, CallError::Retry { .. }), "{status} {body}: {error:?}");
    }
}

#[test]
fn a_checkout_needs_an_id_and_a_page() {
    let body = |links: &str| format!(r#"{{"id":"ORD1","status":"CREATED","links":[{links}]}}"#);
    let link = |rel: &str, href: &str| format!(r#"{{"rel":"{rel}","href":"{href}","method":"GET"}}"#);
    let (old, new) = (link("approve", "https://a.example/1"), link("payer-action", "https://b.example/1"));
    let page = |links: &str| checkout(&answer(201, &body(links))).map(|checkout| checkout.url);
    assert_eq!(page(&old).unwrap(), "https://a.example/1");
    assert_eq!(page(&format!("{old},{new}")).unwrap(), "https://b.example/1");
    for links in ["", "null", &link("self", "https://a.example/1"), &link("approve", "javascript:x")] {
        assert!(matches!(page(links), Err(CallError::Unknown { .. })), "{links}");
    }
}

#[test]
fn refunds_tokens_and_verdicts() {
    let one = r#"{"id":"R1","status":"COMPLETED","amount":{"currency_code":"USD","value":"50.20"}}"#;
    let expected = Refund {
        id: "R1".to_owned(),
        status: RefundStatus::Approved,
        amount_decimal: Some("50.2".to_owned()),
    };
    assert_eq!(refund(&answer(201, one)).unwrap(), expected);
    assert!(matches!(refund(&answer(201, "{}")), Err(CallError::Unknown { .. })));
    let given = token(&answer(200, r#"{"access_token":"A21","token_type":"Bearer","expires_in":"32400"}"#));
    assert_eq!(given.unwrap(), ("A21".to_owned(), 32_400));
    assert!(matches!(token(&answer(200, r#"{"access_token":"A21"}"#)), Err(CallError::Retry { .. })));
    for (word, expected) in [("SUCCESS", Some(true)), ("FAILURE", Some(false)), ("success", None)] {
        let verdict = is_verified(&answer(200, &format!(r#"{{"verification_status":"{word}"}}"#)));
        assert_eq!(verdict.ok(), expected, "{word}");
    }
}
