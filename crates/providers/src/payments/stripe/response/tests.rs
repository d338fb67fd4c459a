//! Tests of what an answer of Stripe means.

use super::*;

fn answer(status: u16, body: &str) -> Answer {
    Answer { status, retry_after: None, should_retry: None, body: Ok(body.as_bytes().to_vec()) }
}

fn read(body: &str) -> Read {
    payment(&answer(200, body), "pi_1", Some("acct_1")).unwrap().unwrap()
}

const PAYMENT: &str = r#"{"id":"pi_1","object":"payment_intent","status":"succeeded","amount":1530010,
    "amount_received":"1530010","currency":"ars","metadata":{"reference":"stay-1","n":1},"livemode":true,
    "on_behalf_of":null,"latest_charge":{"id":"ch_1","amount_refunded":30,"refunded":false,"disputed":false,
    "created":1788267600,"payment_method_details":{"type":"card","card":{"brand":"visa","new":[]}},"new":{}}}"#;

#[test]
fn a_payment_is_read_exactly() {
    let Read { seen, disputed } = read(PAYMENT);
    assert_eq!((seen.status.clone(), disputed), (PaymentStatus::Approved, false));
    assert_eq!(seen.amount_decimal.as_deref(), Some("15300.1"));
    assert_eq!(seen.amount().unwrap().minor, 1_530_010);
    assert_eq!(seen.refunded().unwrap().minor, 30);
    assert_eq!(seen.reference.as_deref(), Some("stay-1"));
    assert_eq!(seen.collector_id.as_deref(), Some("acct_1"));
    assert_eq!(seen.live_mode, Some(true));
    assert_eq!(seen.approved_at.unwrap().to_string(), "2026-09-01T13:00:00Z");
    assert_eq!(seen.method.as_deref(), Some("visa"));
    assert!(!format!("{seen:?}").contains("15300"));
}

#[test]
fn currencies_without_decimals_have_none() {
    let seen = read(r#"{"id":"pi_1","status":"succeeded","amount":4500,"currency":"clp"}"#).seen;
    assert_eq!((seen.amount_decimal.as_deref(), seen.amount().unwrap().minor), (Some("4500"), 4500));
    assert_eq!(seen.refunded().unwrap().minor, 0);
    let seen = read(r#"{"id":"pi_1","status":"succeeded","amount":4500,"currency":null}"#).seen;
    assert_eq!((seen.amount_decimal.clone(), seen.amount()), (None, None));
}

#[test]
fn states_that_we_do_not_know_are_pending() {
    for (written, domain) in [
        (r#""requires_payment_method""#, "pending"),
        (r#""requires_action""#, "pending"),
        (r#""requires_capture""#, "pending"),
        (r#""processing""#, "pending"),
        (r#""canceled""#, "rejected"),
        (r#""succeeded""#, "approved"),
        (r#""SUCCEEDED""#, "pending"),
        ("null", "pending"),
        ("[]", "pending"),
    ] {
        let seen = read(&format!(r#"{{"id":"pi_1","status":{written}}}"#)).seen;
        assert_eq!(seen.status.to_domain().as_str(), domain, "{written}");
    }
}

#[test]
fn refunds_and_disputes_show_in_the_charge_of_either_shape() {
    let refunded = r#""refunded":true,"amount_refunded":2000"#;
    for charge in [
        format!(r#""latest_charge":{{{refunded}}}"#),
        format!(r#""latest_charge":"ch_1","charges":{{"data":[{{{refunded}}},{{}}]}}"#),
    ] {
        let body = format!(
            r#"{{"id":"pi_1","status":"succeeded","amount_received":2000,"currency":"usd",{charge}}}"#
        );
        let seen = read(&body).seen;
        assert_eq!((seen.status.clone(), seen.refunded().unwrap().minor), (PaymentStatus::Refunded, 2000));
    }
    assert!(read(&PAYMENT.replace(r#""disputed":false"#, r#""disputed":true"#)).disputed);
    for (states, expected) in [
        (&["lost", "won"][..], Some(PaymentStatus::ChargedBack)),
        (&["needs_response"], Some(PaymentStatus::InMediation)),
        (&["under_review"], Some(PaymentStatus::InMediation)),
        (&[], Some(PaymentStatus::InMediation)),
        (&["won"], None),
        (&["warning_needs_response"], None),
    ] {
        let rows: Vec<_> = states.iter().map(|state| format!(r#"{{"status":"{state}"}}"#)).collect();
        let body = format!(r#"{{"data":[{}]}}"#, rows.join(","));
        assert_eq!(dispute(&answer(200, &body)).unwrap(), expected, "{states:?}");
    }
}

#[test]
fn a_declined_card_is_no_end() {
    let body = r#"{"id":"pi_1","status":"requires_payment_method","last_payment_error":{"code":"card_declined",
        "decline_code":"insufficient_funds","message":"…"}}"#;
    let seen = read(body).seen;
    assert_eq!(seen.status, PaymentStatus::Pending);
    assert_eq!(seen.status_detail.as_deref(), Some("insufficient_funds"));
}

#[test]
fn a_payment_that_is_not_there_is_none_only_in_their_own_words() {
    let missing = r#"{"error":{"type":"invalid_request_error","code":"resource_missing"}}"#;
    let find = |status, body: &str| payment(&answer(status, body), "pi_1", None);
    assert!(find(404, missing).unwrap().is_none());
    assert!(find(200, missing).unwrap().is_none());
    for (status, body) in
        [(404, "<html>"), (200, "{}"), (200, r#"{"id":"pi_2"}"#), (200, "{\"id\":"), (500, missing)]
    {
        let error = find(status, body).err().unwrap();
        assert!(matches!(error, CallError::Retry { .. }), "{status} {body}: {error:?}");
    }
}

#[test]
fn a_checkout_needs_an_id_and_a_page_and_tells_its_end() {
    let asked = Timestamp::from_second(5).unwrap();
    let body = |more: &str| format!(r#"{{"id":"cs_1","status":"open","payment_intent":null{more}}}"#);
    let told =
        checkout(&answer(200, &body(r#","url":"https://a.example/1","expires_at":9"#)), asked).unwrap();
    assert_eq!(told.expires_at.unwrap().as_second(), 9);
    let silent = checkout(&answer(200, &body(r#","url":"https://a.example/1""#)), asked).unwrap();
    assert_eq!(silent.expires_at, Some(asked));
    for body in [body(""), body(r#","url":"javascript:x""#), "{}".to_owned(), "<html>".to_owned()] {
        let error = checkout(&answer(200, &body), asked).unwrap_err();
        assert!(matches!(error, CallError::Unknown { .. }), "{body}: {error:?}");
    }
}

#[test]
fn a_session_names_its_payment_expanded_or_not() {
    for (written, expected) in
        [(r#""pi_1""#, Some("pi_1")), (r#"{"id":"pi_1"}"#, Some("pi_1")), ("null", None), ("[]", None)]
    {
        let body = format!(r#"{{"id":"cs_1","status":"complete","payment_intent":{written}}}"#);
        let session = session(&answer(200, &body), Effect::Read).unwrap();
        assert_eq!((session.status, session.payment_id.as_deref()), (SessionStatus::Complete, expected));
    }
}

#[test]
fn refunds_are_read_one_or_many() {
    let one = r#"{"id":"re_1","amount":5025,"currency":"usd","status":"succeeded"}"#;
    let expected = Refund {
        id: "re_1".to_owned(),
        status: RefundStatus::Approved,
        amount_decimal: Some("50.25".to_owned()),
    };
    assert_eq!(refund(&answer(200, one)).unwrap(), expected);
    let list = format!(r#"{{"object":"list","data":[{one},{{}},null]}}"#);
    assert_eq!(refunds(&answer(200, &list)).unwrap(), [expected]);
    assert!(matches!(refund(&answer(200, "{}")), Err(CallError::Unknown { .. })));
    assert!(matches!(refunds(&answer(200, "{}")), Err(CallError::Retry { .. })));
}
