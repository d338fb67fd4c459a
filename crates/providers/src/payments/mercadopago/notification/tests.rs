//! Tests of where a notice of Mercado Pago says to look.

use serde_json::json;

use super::*;

fn read(query: &str, body: &Value) -> Result<Notice, NotificationError> {
    parse(&Query::parse(query), body.to_string().as_bytes())
}

#[test]
fn a_webhook_names_a_payment() {
    for (id, user) in [(json!("999999999"), json!(44444)), (json!(999_999_999), json!("44444"))] {
        let body = json!({"action": "payment.created", "api_version": "v1", "data": {"id": id}, "id": 12345,
            "live_mode": true, "type": "payment", "user_id": user, "new": null});
        for query in ["data.id=999999999&type=payment", ""] {
            let notice = read(query, &body).unwrap();
            assert_eq!(notice.topic, "payment");
            assert_eq!(notice.action.as_deref(), Some("payment.created"));
            assert_eq!(notice.payment_id.as_deref(), Some("999999999"));
            assert_eq!(notice.event_id.as_deref(), Some("12345"));
            assert_eq!(notice.about(), About::Payment("999999999".to_owned()));
            assert_eq!(notice.live_mode, Some(true));
            assert_eq!(notice.user_id.as_deref(), Some("44444"));
        }
    }
}

#[test]
fn the_signed_query_goes_before_the_body() {
    let body = json!({"type": "payment", "data": {"id": "2"}});
    assert_eq!(read("data.id=1&type=payment", &body).unwrap().payment_id.as_deref(), Some("1"));
    assert_eq!(read("data%2Eid=1", &body).unwrap().payment_id.as_deref(), Some("1"));
    assert_eq!(Query::parse("data.id=1&data.id=2").data_id(), Some("1"));
    assert_eq!(Query::parse("data.id=").data_id(), None);
}

#[test]
fn ipn_names_a_resource() {
    for (query, body) in [
        ("topic=payment&id=1334567890", json!({"resource": "1334567890", "topic": "payment"})),
        (
            "",
            json!({"resource": "https://api.mercadopago.com/v1/payments/1334567890?a=b", "topic": "payment"}),
        ),
        ("", json!({"resource": 1_334_567_890, "topic": "payment"})),
        ("topic=payment&id=1334567890", json!([])),
    ] {
        let notice = read(query, &body).unwrap();
        assert_eq!(notice.payment_id.as_deref(), Some("1334567890"), "{query} {body}");
    }
    let body =
        json!({"resource": "https://api.mercadolibre.com/merchant_orders/77/", "topic": "merchant_order"});
    let notice = read("", &body).unwrap();
    assert_eq!((notice.topic.as_str(), notice.resource_id.as_deref()), ("merchant_order", Some("77")));
    assert_eq!(notice.payment_id, None);
}

#[test]
fn ids_that_could_lead_elsewhere_are_refused() {
    for id in [
        "../refunds",
        "1/refunds",
        "1%2Frefunds",
        "١٢٣",
        "1 2",
        "1?x=1",
        "1#x",
        ".",
        "..",
        "https://evil.example",
        "https://evil.example/",
        "file:///etc/passwd",
        "-%00",
        &"9".repeat(65),
    ] {
        let query = format!("type=payment&data.id={id}");
        assert_eq!(read(&query, &json!({})), Err(NotificationError::BadId), "{id}");
        let body = json!({"type": "payment", "data": {"id": id}});
        assert_eq!(read("", &body), Err(NotificationError::BadId), "{id}");
    }
}

#[test]
fn other_topics_and_odd_bodies_are_notices_too() {
    let notice = read("type=topic_chargebacks_wh&data.id=5", &json!({})).unwrap();
    assert_eq!((notice.payment_id, notice.resource_id.as_deref()), (None, Some("5")));
    let notice = parse(&Query::parse("topic=payment&id=5"), b"not json").unwrap();
    assert_eq!(notice.payment_id.as_deref(), Some("5"));
    let notice = read("", &json!({"type": ["payment"], "data": [], "live_mode": "false"})).unwrap();
    assert_eq!((notice.topic.as_str(), notice.payment_id, notice.live_mode), ("", None, Some(false)));
    assert_eq!(parse(&Query::parse(""), b"<html>"), Err(NotificationError::Empty));
    assert_eq!(parse(&Query::default(), b""), Err(NotificationError::Empty));
}
