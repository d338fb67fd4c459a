//! Tests of where an event of Stripe says to look.

use serde_json::json;

use super::*;

fn event(kind: &str, object: Value) -> Value {
    json!({"id": "evt_1", "object": "event", "type": kind, "livemode": false, "api_version": "2025-10-29.clover",
        "data": {"object": object, "previous_attributes": {}}, "new": [null]})
}

fn read(kind: &str, object: Value) -> Result<About, NoticeError> {
    parse(event(kind, object).to_string().as_bytes()).map(|notice| notice.about)
}

fn text(text: &str) -> String {
    text.to_owned()
}

#[test]
fn each_kind_says_where_to_look() {
    let paid = json!({"id": "x_1", "payment_intent": "pi_1", "status": "new_word"});
    let expanded = json!({"id": "x_1", "payment_intent": {"id": "pi_1"}});
    let refund = About::Refund { id: text("x_1"), payment_id: Some(text("pi_1")) };
    let dispute = About::Dispute { id: text("x_1"), payment_id: Some(text("pi_1")), end: None };
    for (kind, about) in [
        ("checkout.session.completed", About::CheckoutSession(text("x_1"))),
        ("checkout.session.async_payment_failed", About::CheckoutSession(text("x_1"))),
        ("checkout.session.expired", About::CheckoutSession(text("x_1"))),
        ("payment_intent.succeeded", About::Payment(text("x_1"))),
        ("payment_intent.a_new_word", About::Payment(text("x_1"))),
        ("charge.succeeded", About::Payment(text("pi_1"))),
        ("charge.refunded", About::Payment(text("pi_1"))),
        ("refund.updated", refund.clone()),
        ("charge.refund.updated", refund),
        ("charge.dispute.funds_withdrawn", dispute),
        ("customer.created", About::Ignored(text("customer.created"))),
        ("invoice.paid", About::Ignored(text("invoice.paid"))),
    ] {
        assert_eq!(read(kind, paid.clone()), Ok(about.clone()), "{kind}");
        assert_eq!(read(kind, expanded.clone()), Ok(about), "{kind}");
    }
    let alone = json!({"id": "dp_1", "payment_intent": null});
    let dispute = About::Dispute { id: text("dp_1"), payment_id: None, end: None };
    assert_eq!(read("charge.dispute.created", alone.clone()), Ok(dispute));
    assert_eq!(read("charge.refunded", alone), Ok(About::Ignored(text("charge.refunded"))));
}

#[test]
fn ids_come_as_numbers_and_flags_as_text() {
    let body = json!({"id": 17, "type": "payment_intent.succeeded", "livemode": "true", "data": {"object": {"id": 5}}});
    let notice = parse(body.to_string().as_bytes()).unwrap();
    let about = About::Payment(text("5"));
    let kind = text("payment_intent.succeeded");
    assert_eq!(notice, Notice { event_id: text("17"), kind, about, live_mode: Some(true) });
}

#[test]
fn ids_that_could_lead_elsewhere_are_refused() {
    for id in ["../refunds", "pi_1/cancel", "pi 1", "pi_1?x", "pi_1#", "ñ", ".", &"p".repeat(256)] {
        for kind in ["payment_intent.succeeded", "checkout.session.completed", "refund.created"] {
            assert_eq!(read(kind, json!({"id": id})), Err(NoticeError::BadId), "{id}");
        }
        let dispute = json!({"id": "dp_1", "payment_intent": id});
        assert_eq!(read("charge.dispute.created", dispute), Err(NoticeError::BadId), "{id}");
        let body = json!({"id": id, "type": "x", "data": {"object": {}}});
        assert_eq!(parse(body.to_string().as_bytes()), Err(NoticeError::BadId), "{id}");
    }
}

#[test]
fn other_bodies_are_refused() {
    for body in ["", "<html>", "[]", "null", "\"evt\"", "{\"id\":"] {
        assert_eq!(parse(body.as_bytes()), Err(NoticeError::NotJson), "{body}");
    }
    for body in [
        json!({}),
        json!({"id": "evt_1", "type": "x"}),
        json!({"id": "evt_1", "type": ["x"], "data": {"object": {}}}),
        json!({"id": "evt_1", "object": "v2.core.event", "type": "x", "data": {"object": {}}}),
        json!({"id": "evt_1", "type": "x", "data": {"object": []}}),
        json!({"id": "evt_1", "type": "payment_intent.succeeded", "data": {"object": {"id": {}}}}),
    ] {
        assert_eq!(parse(body.to_string().as_bytes()), Err(NoticeError::NotAnEvent), "{body}");
    }
}
