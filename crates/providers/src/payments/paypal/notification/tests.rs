//! Tests of where a notice of PayPal says to look.

use serde_json::json;

use super::*;

fn read(kind: &str, resource: &Value) -> Result<About, NoticeError> {
    let event = json!({"id": "WH-1-2", "event_version": "1.0", "create_time": "2026-09-01T12:00:00.000Z",
        "event_type": kind, "resource_type": "x", "resource": resource, "links": [], "new": null});
    parse(event.to_string().as_bytes()).map(|notice| notice.about)
}

fn text(text: &str) -> String {
    text.to_owned()
}

fn up(href: &str) -> Value {
    json!({"id": "1R", "status": "COMPLETED", "links": [{"rel": "self", "href": "https://api.paypal.com/x"},
        {"rel": "up", "href": href}]})
}

#[test]
fn each_kind_says_where_to_look() {
    let resource = json!({"id": "4K51", "order_id": "5O19", "status": "A_NEW_WORD", "dispute_id": "PP-D-1",
        "disputed_transactions": [{"buyer_transaction_id": "B1"}, {"seller_transaction_id": "3S"}]});
    let dispute = About::Dispute { id: text("PP-D-1"), payment_id: Some(text("3S")), end: None };
    for (kind, about) in [
        ("CHECKOUT.ORDER.APPROVED", About::Order(text("4K51"))),
        ("CHECKOUT.ORDER.COMPLETED", About::Order(text("4K51"))),
        ("CHECKOUT.PAYMENT-APPROVAL.REVERSED", About::Order(text("5O19"))),
        ("PAYMENT.CAPTURE.COMPLETED", About::Capture(text("4K51"))),
        ("PAYMENT.CAPTURE.PENDING", About::Capture(text("4K51"))),
        ("PAYMENT.CAPTURE.DENIED", About::Capture(text("4K51"))),
        ("PAYMENT.CAPTURE.A-NEW-WORD", About::Capture(text("4K51"))),
        ("PAYMENT.CAPTURE.REFUNDED", About::Refund { id: text("4K51"), payment_id: None }),
        ("CUSTOMER.DISPUTE.CREATED", dispute.clone()),
        ("CUSTOMER.DISPUTE.RESOLVED", dispute),
        ("BILLING.PLAN.CREATED", About::Ignored(text("BILLING.PLAN.CREATED"))),
    ] {
        assert_eq!(read(kind, &resource), Ok(about), "{kind}");
    }
}

#[test]
fn only_words_that_are_known_end_a_dispute() {
    for (word, end) in [
        ("RESOLVED_BUYER_FAVOUR", Some(DisputeEnd::ForBuyer)),
        ("RESOLVED_SELLER_FAVOUR", Some(DisputeEnd::ForSeller)),
        ("RESOLVED_WITH_PAYOUT", Some(DisputeEnd::ForSeller)),
        ("CANCELED_BY_BUYER", Some(DisputeEnd::ForSeller)),
        ("A_NEW_WORD", None),
    ] {
        let dispute = json!({"dispute_id": "PP-D-1", "disputed_transactions": [{"seller_transaction_id": "3S"}],
            "dispute_outcome": {"outcome_code": word}});
        let about = About::Dispute { id: text("PP-D-1"), payment_id: Some(text("3S")), end };
        assert_eq!(read("CUSTOMER.DISPUTE.RESOLVED", &dispute), Ok(about), "{word}");
    }
}

#[test]
fn a_refund_names_its_capture_in_a_link() {
    for (href, payment_id) in [
        ("https://api.paypal.com/v2/payments/captures/0JF8", Some("0JF8")),
        ("https://elsewhere.example/v2/payments/captures/0JF8/", Some("0JF8")),
        ("https://api.paypal.com/v2/payments/authorizations/0JF8", None),
    ] {
        let end = Some(DisputeEnd::ForBuyer);
        let taken = About::Dispute { id: text("1R"), payment_id: payment_id.map(text), end };
        assert_eq!(read("PAYMENT.CAPTURE.REVERSED", &up(href)), Ok(taken), "{href}");
        for kind in ["PAYMENT.CAPTURE.REFUNDED", "PAYMENT.REFUND.PENDING"] {
            let about = About::Refund { id: text("1R"), payment_id: payment_id.map(text) };
            assert_eq!(about.payment_id(), payment_id);
            assert_eq!(read(kind, &up(href)), Ok(about), "{href}");
        }
    }
    let odd =
        json!({"id": 17, "links": {"rel": "up", "href": "https://api.paypal.com/v2/payments/captures/5"}});
    let about = About::Refund { id: text("17"), payment_id: Some(text("5")) };
    assert_eq!(read("PAYMENT.CAPTURE.REFUNDED", &odd), Ok(about));
    let odd = json!({"dispute_id": "PP-D-1", "disputed_transactions": {}});
    let about = About::Dispute { id: text("PP-D-1"), payment_id: None, end: None };
    assert_eq!(read("CUSTOMER.DISPUTE.UPDATED", &odd), Ok(about));
}

#[test]
fn ids_that_could_lead_elsewhere_are_refused() {
    for id in ["../x", "4K51/capture", "4K 51", "4K51?x", "4K51#", "ñ", ".", &"9".repeat(65)] {
        for kind in ["CHECKOUT.ORDER.APPROVED", "PAYMENT.CAPTURE.COMPLETED", "PAYMENT.CAPTURE.REFUNDED"] {
            assert_eq!(read(kind, &json!({"id": id})), Err(NoticeError::BadId), "{id}");
        }
        let link = up(&format!("https://api.paypal.com/v2/payments/captures/{id}"));
        assert_eq!(read("PAYMENT.CAPTURE.REFUNDED", &link), Err(NoticeError::BadId), "{id}");
        let dispute = json!({"dispute_id": "1", "disputed_transactions": [{"seller_transaction_id": id}]});
        assert_eq!(read("CUSTOMER.DISPUTE.CREATED", &dispute), Err(NoticeError::BadId), "{id}");
        let body = json!({"id": id, "event_type": "X", "resource": {}});
        assert_eq!(parse(body.to_string().as_bytes()), Err(NoticeError::BadId), "{id}");
    }
}

#[test]
fn other_bodies_are_refused() {
    for body in ["", "<html>", "[]", "null", "17", "{\"id\":"] {
        assert_eq!(parse(body.as_bytes()), Err(NoticeError::NotJson), "{body}");
    }
    for body in [
        json!({}),
        json!({"id": "WH-1", "event_type": "X"}),
        json!({"id": "WH-1", "event_type": {}, "resource": {}}),
        json!({"id": "WH-1", "event_type": "X", "resource": []}),
        json!({"id": "WH-1", "event_type": "PAYMENT.CAPTURE.COMPLETED", "resource": {"id": null}}),
        json!({"id": "WH-1", "event_type": "CHECKOUT.ORDER.APPROVED", "resource": {"order_id": "1"}}),
    ] {
        assert_eq!(parse(body.to_string().as_bytes()), Err(NoticeError::NotAnEvent), "{body}");
    }
}
