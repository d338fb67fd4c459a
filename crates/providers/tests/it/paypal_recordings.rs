//! Recorded answers of PayPal with a real signature, where the folder with them exists.

use jiff::Timestamp;
use providers::payments::{
    About, Captured, PaymentStatus, RefundStatus,
    paypal::{
        Check, Environment,
        certificate_chain::{Certificate, CertificateError, Roots},
        notification,
        webhook_signature::{Signed, check_certificate},
    },
};
use serde_json::Value;

use crate::{
    mercadopago_client::{now, request},
    paypal_client::{TOKEN, client, config, payments},
    recordings_folder::{file, files, json},
    scripted_server::Server,
};

fn text(name: &str) -> Option<String> {
    Some(String::from_utf8(file("paypal", name)?).expect("fixtures are text"))
}

fn resource(name: &str) -> Option<String> {
    Some(json(text(name)?.as_bytes())["resource"].to_string())
}

#[test]
fn every_event_says_where_to_look() {
    for (name, bytes) in files("paypal") {
        let id = |id: &str| id.to_owned();
        let about = match name.as_str() {
            "CHECKOUT.ORDER.APPROVED--sandbox-2021.json" => About::Order(id("4K5112848U951142F")),
            "CHECKOUT.PAYMENT-APPROVAL.REVERSED--2020.json" => About::Order(id("5O190127TN364715T")),
            "PAYMENT.CAPTURE.COMPLETED--sandbox-2021.json" => About::Capture(id("5VK462069F664902F")),
            "PAYMENT.CAPTURE.PENDING--mxn.json" => About::Capture(id("0K1352960P423203C")),
            "PAYMENT.CAPTURE.REFUNDED--2018.json" => {
                About::Refund { id: id("1Y107995YT783435V"), payment_id: Some(id("0JF852973C016714D")) }
            }
            "error-422--ORDER_NOT_APPROVED.json" | "orders-create--request.json" => continue,
            "vectors--real-signed-webhook-2015.json" | "verify-webhook-signature--request.json" => continue,
            other => panic!("no test reads {other}"),
        };
        let notice = notification::parse(&bytes).unwrap();
        assert_eq!(notice.about, about, "{name}");
        assert!(notice.event_id.starts_with("WH-") && name.starts_with(&notice.kind), "{name}");
    }
}

#[tokio::test]
async fn captures_orders_and_refunds_are_read() {
    let Some(completed) = resource("PAYMENT.CAPTURE.COMPLETED--sandbox-2021.json") else { return };
    let Some(pending) = resource("PAYMENT.CAPTURE.PENDING--mxn.json") else { return };
    let Some(refund) = resource("PAYMENT.CAPTURE.REFUNDED--2018.json") else { return };
    let Some(order) = resource("CHECKOUT.ORDER.APPROVED--sandbox-2021.json") else { return };
    let Some(not_approved) = text("error-422--ORDER_NOT_APPROVED.json") else { return };
    let server = Server::answering(&[
        TOKEN,
        (200, &completed),
        (200, &pending),
        (201, &refund),
        (200, &order),
        (422, &not_approved),
    ]);
    let payments = payments(&server.base_url);
    let seen = payments.find_payment("5VK462069F664902F", now()).await.unwrap().unwrap();
    assert_eq!((seen.status.clone(), seen.amount().unwrap().minor), (PaymentStatus::Approved, 1000));
    assert_eq!(seen.reference.as_deref(), Some("{my-local-db-purchase-id}"));
    let seen = payments.find_payment("0K1352960P423203C", now()).await.unwrap().unwrap();
    assert_eq!((seen.status.clone(), seen.status_detail.as_deref()), (PaymentStatus::Pending, Some("OTHER")));
    let refund = payments.refund("0JF852973C016714D", None, now(), "k").await.unwrap();
    assert_eq!((refund.status, refund.amount_decimal.as_deref()), (RefundStatus::Approved, Some("0.99")));
    assert_eq!(payments.find_payment_of_checkout("4K5112848U951142F", now()).await, Ok(None));
    assert_eq!(payments.capture_order("4K5112848U951142F", now(), "k").await, Ok(Captured::NotApproved));
}

#[tokio::test]
async fn an_order_is_asked_for_in_their_shape() {
    let Some(theirs) = text("orders-create--request.json") else { return };
    let theirs = json(theirs.as_bytes());
    let server = Server::answering(&[TOKEN, (201, "{}")]);
    payments(&server.base_url).create_checkout(&request(), now()).await.unwrap_err();
    let requests = server.requests();
    let ours = json(requests[1].split_once("\r\n\r\n").unwrap().1.as_bytes());
    assert_eq!(ours["intent"], theirs["intent"]);
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let (amount, context) = ("/purchase_units/0/amount", "/payment_source/paypal/experience_context");
    assert_eq!(keys(ours.pointer(amount).unwrap()), keys(theirs.pointer(amount).unwrap()));
    let (ours, theirs) = (ours.pointer(context).unwrap(), theirs.pointer(context).unwrap());
    for member in ["return_url", "cancel_url"] {
        assert!(ours[member].is_string() && theirs[member].is_string());
    }
    for member in ["user_action", "payment_method_preference"] {
        assert_eq!(ours[member], theirs[member]);
    }
}

#[tokio::test]
async fn the_question_whether_an_event_is_theirs() {
    let Some(question) = text("verify-webhook-signature--request.json") else { return };
    let question = json(question.as_bytes());
    let part = |member: &str| question[member].as_str();
    let signed = Signed {
        transmission_id: part("transmission_id"),
        transmission_time: part("transmission_time"),
        transmission_sig: part("transmission_sig"),
        cert_url: part("cert_url"),
        auth_algo: part("auth_algo"),
    };
    let server = Server::answering(&[TOKEN, (200, r#"{"verification_status":"SUCCESS"}"#)]);
    let mut settings = config(&server.base_url);
    settings.webhooks.webhook_id = part("webhook_id").unwrap().to_owned();
    settings.webhooks.check = Check::Api;
    let event = question["webhook_event"].to_string();
    client(settings).verify_webhook(&signed, event.as_bytes(), now()).await.unwrap();
    let requests = server.requests();
    assert_eq!(json(requests[1].split_once("\r\n\r\n").unwrap().1.as_bytes()), question);
}

/// Each text with one byte changed, at every place.
fn changed(text: &str) -> Vec<String> {
    let flip = |at: usize| {
        let mut bytes = text.as_bytes().to_vec();
        bytes[at] ^= 1;
        String::from_utf8(bytes).expect("the vector is ASCII")
    };
    (0..text.len()).map(flip).collect()
}

#[test]
fn a_real_signature_of_2015() {
    let Some(bytes) = file("paypal", "vectors--real-signed-webhook-2015.json") else { return };
    let vector = json(&bytes);
    let part = |member: &str| vector[member].as_str().expect("a text");
    let then: Timestamp = part("verify_at").parse().unwrap();
    let certificate = Certificate::parse(part("cert_pem").as_bytes()).unwrap();
    assert_eq!(certificate.check_name(Environment::Sandbox.certificate_name()), Ok(()));
    assert_eq!(certificate.check_dates(then), Ok(()));
    assert_eq!(certificate.check_dates(now()), Err(CertificateError::NotValidNow));
    // The certificate between it and its root did not come along.
    let judge = |environment| check_certificate(&certificate, environment, &Roots::public(), then);
    assert_eq!(judge(Environment::Sandbox), Err(CertificateError::Untrusted));
    assert_eq!(judge(Environment::Live), Err(CertificateError::OtherName));

    let check = |id: &str, time: &str, signature: &str, webhook_id: &str, body: &str| {
        let signed = Signed {
            transmission_id: Some(id),
            transmission_time: Some(time),
            transmission_sig: Some(signature),
            cert_url: Some(part("cert_url")),
            auth_algo: Some(part("auth_algo")),
        };
        signed.headers()?.check_signature(&certificate, webhook_id, body.as_bytes())
    };
    let (id, time, signature) =
        (part("transmission_id"), part("transmission_time"), part("transmission_sig"));
    let (webhook_id, body) = (part("webhook_id"), part("body"));
    assert_eq!(check(id, time, signature, webhook_id, body), Ok(()));
    for id in changed(id) {
        assert!(check(&id, time, signature, webhook_id, body).is_err(), "{id}");
    }
    for time in changed(time) {
        assert!(check(id, &time, signature, webhook_id, body).is_err(), "{time}");
    }
    for signature in changed(signature) {
        assert!(check(id, time, &signature, webhook_id, body).is_err(), "{signature}");
    }
    for webhook_id in changed(webhook_id) {
        assert!(check(id, time, signature, &webhook_id, body).is_err(), "{webhook_id}");
    }
    for body in changed(body) {
        assert!(check(id, time, signature, webhook_id, &body).is_err(), "{body}");
    }
}
