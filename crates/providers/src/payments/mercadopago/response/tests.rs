//! Tests of what an answer of Mercado Pago means.

use std::time::Duration;

use super::*;
use crate::http::BodyError;

fn answer(status: u16, body: &str) -> Answer {
    Answer { status, retry_after: None, should_retry: None, body: Ok(body.as_bytes().to_vec()) }
}

const PAYMENT: &str = r#"{"id":17014025134,"status":"approved","status_detail":"accredited","currency_id":"ARS",
    "external_reference":"stay-1","transaction_amount":15300.10,"transaction_amount_refunded":"0.30",
    "collector_id":810882223,"live_mode":true,"date_approved":"2026-09-01T10:00:00.000-03:00",
    "payment_method_id":"visa","order":[],"card":{},"new":{"a":[]}}"#;

#[test]
fn a_payment_is_read_exactly() {
    let seen = payment(&answer(200, PAYMENT), "17014025134").unwrap().unwrap();
    assert_eq!(seen.status, PaymentStatus::Approved);
    assert_eq!(seen.amount_decimal.as_deref(), Some("15300.1"));
    assert_eq!(seen.amount().unwrap().minor, 1_530_010);
    assert_eq!(seen.refunded().unwrap().minor, 30);
    assert_eq!(seen.reference.as_deref(), Some("stay-1"));
    assert_eq!(seen.collector_id.as_deref(), Some("810882223"));
    assert_eq!(seen.live_mode, Some(true));
    assert_eq!(seen.approved_at.unwrap().to_string(), "2026-09-01T13:00:00Z");
    assert_eq!(seen.method.as_deref(), Some("visa"));
}

/// Read through a double, the first would end in …931.24 and the second would round to 0.1 exactly.
#[test]
fn no_amount_passes_through_a_double() {
    for (written, expected) in [
        ("90071992547409931.23", Some("90071992547409931.23")),
        ("0.1000000000000000055", Some("0.1000000000000000055")),
        ("\"1500.50\"", Some("1500.5")),
        ("1.5e3", Some("1500")),
        ("100.0", Some("100")),
        ("null", None),
        ("{}", None),
        ("\"a lot\"", None),
    ] {
        let body = format!(r#"{{"id":1,"status":"approved","transaction_amount":{written}}}"#);
        let seen = payment(&answer(200, &body), "1").unwrap().unwrap();
        assert_eq!(seen.amount_decimal.as_deref(), expected, "{written}");
    }
}

#[test]
fn money_needs_a_currency_that_the_desk_knows() {
    for (amount, currency, expected) in [
        ("10.50", "\"BRL\"", Some(1050)),
        ("4500", "\"CLP\"", Some(4500)),
        ("4500.0", "\"CLP\"", Some(4500)),
        ("4500.5", "\"CLP\"", None),
        ("10", "\"XXX\"", None),
        ("10", "null", None),
    ] {
        let body = format!(r#"{{"id":1,"transaction_amount":{amount},"currency_id":{currency}}}"#);
        let seen = payment(&answer(200, &body), "1").unwrap().unwrap();
        assert_eq!(seen.amount().map(|money| money.minor), expected, "{amount} {currency}");
    }
}

#[test]
fn states_that_we_do_not_know_are_pending() {
    for (written, domain) in [
        ("\"pending\"", "pending"),
        ("\"authorized\"", "pending"),
        ("\"in_process\"", "pending"),
        ("\"in_mediation\"", "approved"),
        ("\"approved\"", "approved"),
        ("\"rejected\"", "rejected"),
        ("\"cancelled\"", "rejected"),
        ("\"refunded\"", "refunded"),
        ("\"charged_back\"", "charged_back"),
        ("\"APPROVED\"", "pending"),
        ("\"half_way\"", "pending"),
        ("null", "pending"),
        ("[]", "pending"),
    ] {
        let body = format!(r#"{{"id":"1","status":{written}}}"#);
        let seen = payment(&answer(200, &body), "1").unwrap().unwrap();
        assert_eq!(seen.status.to_domain().as_str(), domain, "{written}");
    }
}

#[test]
fn a_chargeback_is_lost_only_when_it_is_settled() {
    for (detail, status, won) in [
        ("in_process", PaymentStatus::InMediation, false),
        ("settled", PaymentStatus::ChargedBack, false),
        ("reimbursed", PaymentStatus::Approved, true),
        ("a_new_word", PaymentStatus::ChargedBack, false),
    ] {
        let body = format!(r#"{{"id":"1","status":"charged_back","status_detail":"{detail}"}}"#);
        let seen = payment(&answer(200, &body), "1").unwrap().unwrap();
        assert_eq!((seen.is_reimbursed(), seen.status), (won, status), "{detail}");
    }
}

#[test]
fn a_payment_that_is_not_there_is_none_only_in_their_own_words() {
    let missing = r#"{"message":"Payment not found","error":"not_found","status":404,"cause":[]}"#;
    assert_eq!(payment(&answer(404, missing), "1"), Ok(None));
    assert_eq!(payment(&answer(200, missing), "1"), Ok(None));
    for (status, body) in
        [(404, "<html>"), (200, PAYMENT), (200, "{}"), (200, "[]"), (200, "{\"id\":"), (500, missing)]
    {
        let error = payment(&answer(status, body), "1").unwrap_err();
        assert!(matches!(error, CallError::Retry { .. }), "{status} {body}: {error:?}");
    }
    let broken = Answer { status: 200, retry_after: None, should_retry: None, body: Err(BodyError::Broken) };
    assert!(matches!(payment(&broken, "1"), Err(CallError::Retry { .. })));
}

#[test]
fn a_checkout_needs_an_id_and_a_page() {
    let body =
        r#"{"id":"8-e8","init_point":"https://a.example/1","sandbox_init_point":"https://b.example/1"}"#;
    let page = |mode| checkout(&answer(201, body), mode, Timestamp::UNIX_EPOCH).unwrap().url;
    assert_eq!(page(Mode::Live), "https://a.example/1");
    assert_eq!(page(Mode::Sandbox), "https://b.example/1");
    for body in
        ["{}", r#"{"id":"1"}"#, r#"{"id":"1","init_point":"javascript:x"}"#, "<html>", r#"{"id":"1","#]
    {
        let error = checkout(&answer(201, body), Mode::Live, Timestamp::UNIX_EPOCH).unwrap_err();
        assert!(matches!(error, CallError::Unknown { .. }), "{body}: {error:?}");
    }
}

#[test]
fn errors_go_by_status() {
    let after = Some(Duration::from_secs(9));
    let error = |status, effect| {
        let body = br#"{"message":"Card Token not found","error":"bad_request","status":400,
            "cause":[{"code":2006,"description":"Card Token not found","data":null}]}"#;
        let answer = Answer { status, retry_after: after, should_retry: None, body: Ok(body.to_vec()) };
        fields(&answer, effect).unwrap_err()
    };
    let detail = "Card Token not found".to_owned();
    let refused =
        |status| CallError::Refused { status, code: Some("2006".to_owned()), detail: detail.clone() };
    let denied = |status| CallError::Denied { status, detail: detail.clone() };
    let retry = CallError::Retry { after, detail: detail.clone() };
    for (status, read, write) in [
        (400, refused(400), refused(400)),
        (404, refused(404), refused(404)),
        (200, refused(400), refused(400)),
        (401, denied(401), denied(401)),
        (403, denied(403), denied(403)),
        (429, retry.clone(), retry.clone()),
        (503, retry.clone(), retry.clone()),
        (409, retry.clone(), retry),
        (500, CallError::lost(Effect::Read, &*detail), CallError::lost(Effect::Write, &*detail)),
    ] {
        assert_eq!(error(status, Effect::Read), read, "{status}");
        assert_eq!(error(status, Effect::Write), write, "{status}");
    }
}

#[test]
fn nothing_secret_is_repeated() {
    let body = r#"{"message":"payer guest@example.com with token APP_USR-1234567890-abc phone +5493515550001","status":400,
        "error":"bad_request"}"#;
    let error = fields(&answer(400, body), Effect::Read).unwrap_err().to_string();
    assert_eq!(error, "the service refused the request with 400: payer … with token … phone …");
}

#[test]
fn refunds_are_read_one_or_many() {
    let one = r#"{"id":1245678203,"payment_id":17,"amount":50.25,"status":"approved"}"#;
    let expected = Refund {
        id: "1245678203".to_owned(),
        status: RefundStatus::Approved,
        amount_decimal: Some("50.25".to_owned()),
    };
    assert_eq!(refund(&answer(201, one)).unwrap(), expected);
    assert_eq!(refunds(&answer(200, &format!("[{one}]"))).unwrap(), [expected]);
    assert_eq!(refunds(&answer(200, "[]")).unwrap(), []);
    assert!(matches!(refund(&answer(201, "{}")), Err(CallError::Unknown { .. })));
    assert!(matches!(refunds(&answer(200, "{}")), Err(CallError::Retry { .. })));
    assert!(matches!(refunds(&answer(200, "[{")), Err(CallError::Retry { .. })));
    assert!(matches!(refunds(&answer(401, "{}")), Err(CallError::Denied { .. })));
}

#[test]
fn a_search_is_a_list_or_an_error() {
    let found = page(&answer(200, &format!(r#"{{"paging":{{}},"results":[{PAYMENT},null,{{}}]}}"#))).unwrap();
    assert_eq!((found.payments.len(), found.size), (1, 2));
    let empty = page(&answer(200, r#"{"paging":{"total":102},"results":[]}"#)).unwrap();
    assert_eq!((empty.payments.len(), empty.size), (0, 0));
    for body in ["{}", r#"{"results":{}}"#, "[]", ""] {
        assert!(matches!(page(&answer(200, body)), Err(CallError::Retry { .. })), "{body}");
    }
}
