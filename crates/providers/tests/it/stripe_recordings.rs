//! Recorded answers of Stripe, where the folder with them exists.

use jiff::Timestamp;
use providers::{
    http::CallError,
    payments::{
        About, NoticeError, PaymentStatus, RefundStatus,
        stripe::{notification, webhook_signature},
    },
};

use crate::{
    mercadopago_client::{now, request},
    recordings_folder::{file, files, json},
    scripted_server::Server,
    stripe_client::payments,
};

const SESSION: &str = "cs_test_a1YS1URlnyQCN5fUUduORoQ7Pw41PJqDWkIVQCpJPqkfIhd6tVY8XB1OLY";
const PAYMENT: &str = "pi_000000000000000000000000";

fn text(name: &str) -> Option<String> {
    Some(String::from_utf8(file("stripe", name)?).expect("fixtures are text"))
}

#[test]
fn every_event_says_where_to_look() {
    for (name, bytes) in files("stripe") {
        let Some(event) = name.strip_prefix("event--") else {
            let known =
                ["vectors--stripe-signature", "resource--webhook_endpoint", "resource--payment_intent"];
            let known = known.iter().chain(&["resource--refund", "resource--checkout.session"]);
            assert!(known.into_iter().any(|known| name == format!("{known}.json")), "no test reads {name}");
            continue;
        };
        let payment = || About::Payment(PAYMENT.to_owned());
        let about = match event {
            "checkout.session.completed.json" => {
                About::CheckoutSession(format!("cs_test_{}", "0".repeat(58)))
            }
            "checkout.session.completed.payment_mode.json" => {
                About::CheckoutSession("cs_00000000000000".to_owned())
            }
            "checkout.session.expired.json" => About::CheckoutSession(SESSION.to_owned()),
            "payment_intent.created.json"
            | "payment_intent.succeeded.json"
            | "payment_intent.payment_failed.json"
            | "charge.succeeded.json" => payment(),
            "charge.refunded.json" => About::Ignored("charge.refunded".to_owned()),
            "charge.dispute.created.json" => {
                About::Dispute { id: "dp_000000000000000000000000".to_owned(), payment_id: None, end: None }
            }
            other => panic!("{other} is not expected yet"),
        };
        let notice = notification::parse(&bytes).unwrap();
        assert_eq!((notice.about, notice.live_mode), (about, Some(false)), "{name}");
        assert!(notice.event_id.starts_with("evt_") && event.starts_with(&notice.kind), "{name}");
        let header = webhook_signature::sign("whsec_1", &bytes, now());
        assert_eq!(webhook_signature::verify(&["whsec_1"], Some(&header), &bytes, now()), Ok(()));
        let strange = String::from_utf8(bytes).unwrap();
        notification::parse(strange.replace("succeeded", "novel").replace("null", "[]").as_bytes()).unwrap();
    }
}

#[test]
fn stripe_vectors() {
    let Some(bytes) = file("stripe", "vectors--stripe-signature.json") else { return };
    for vector in json(&bytes)["vectors"].as_array().unwrap() {
        let text = |member: &str| vector[member].as_str().unwrap();
        let at = Timestamp::from_second(vector["now"].as_i64().unwrap()).unwrap();
        let (header, body) = (text("header"), text("body").as_bytes());
        let verify =
            |header: &str, body: &[u8]| webhook_signature::verify(&[text("secret")], Some(header), body, at);
        if !text("expect").starts_with("valid") {
            assert_eq!(verify(header, body), Err(webhook_signature::SignatureError::OutOfTolerance));
            continue;
        }
        assert_eq!(verify(header, body), Ok(()), "{header}");
        for place in 0..body.len() {
            let mut changed = body.to_vec();
            changed[place] ^= 1;
            assert!(verify(header, &changed).is_err(), "{place}");
        }
        // Of several signatures the ones that do not match may be anything.
        let ours = header.find("v1=d95c").unwrap();
        for place in (0..header.find(',').unwrap()).chain(ours + 3..ours + 67) {
            let mut changed = header.as_bytes().to_vec();
            changed[place] ^= 1;
            assert!(verify(&String::from_utf8(changed).unwrap(), body).is_err(), "{place}");
        }
    }
}

#[tokio::test]
async fn payments_of_both_shapes_are_read() {
    let Some(new) = text("resource--payment_intent.json") else { return };
    let object = |name: &str| Some(json(text(name)?.as_bytes())["data"]["object"].to_string());
    let Some(paid) = object("event--payment_intent.succeeded.json") else { return };
    let Some(failed) = object("event--payment_intent.payment_failed.json") else { return };
    let server = Server::answering(&[(200, &new), (200, &paid), (200, &failed)]);
    let payments = payments(&server.base_url);
    let seen = payments.find_payment("pi_1PgafyB7WZ01zgkWSjxsAJo3", now()).await.unwrap().unwrap();
    assert_eq!((seen.status.clone(), seen.amount().unwrap().minor), (PaymentStatus::Pending, 1099));
    let seen = payments.find_payment(PAYMENT, now()).await.unwrap().unwrap();
    assert_eq!((seen.status.clone(), seen.amount().unwrap().minor), (PaymentStatus::Approved, 2000));
    assert_eq!((seen.method.as_deref(), seen.live_mode), (Some("visa"), Some(false)));
    assert_eq!(seen.approved_at.unwrap().as_second(), 1_648_320_032);
    let seen = payments.find_payment(PAYMENT, now()).await.unwrap().unwrap();
    assert_eq!(seen.status, PaymentStatus::Pending);
    assert_eq!(seen.status_detail.as_deref(), Some("generic_decline"));
}

#[tokio::test]
async fn a_session_a_refund_and_what_is_neither() {
    let Some(session) = text("resource--checkout.session.json") else { return };
    let Some(refund) = text("resource--refund.json") else { return };
    let Some(endpoint) = text("resource--webhook_endpoint.json") else { return };
    let server = Server::answering(&[(200, &session), (200, &refund), (200, &endpoint)]);
    let payments = payments(&server.base_url);
    let checkout = payments.create_checkout(&request(), now()).await.unwrap();
    assert_eq!(
        (checkout.provider_id.as_str(), checkout.expires_at.unwrap().as_second()),
        (SESSION, 1_234_567_890)
    );
    let refund = payments.refund("pi_1", None, now(), "k").await.unwrap();
    assert_eq!((refund.status, refund.amount_decimal.as_deref()), (RefundStatus::Approved, Some("1")));
    let error = payments.find_payment("pi_1", now()).await.unwrap_err();
    assert!(matches!(error, CallError::Retry { .. }), "{error:?}");
    assert_eq!(notification::parse(endpoint.as_bytes()), Err(NoticeError::NotAnEvent));
}
