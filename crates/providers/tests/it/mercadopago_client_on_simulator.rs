//! The Mercado Pago client against the simulator.

use std::sync::Arc;

use jiff::Timestamp;
use providers::{
    http::CallError,
    payments::{
        Checkout, PaymentSeen, PaymentStatus, Payments,
        mercadopago::{
            notification::{self, Notice, Query},
            webhook_signature::{self, Signed},
        },
    },
};
use simulators::{
    Running,
    faults::CallFault,
    mercadopago::{
        MercadoPago, MercadoPagoConfig, MercadoPagoControl, NewPayment, NotificationStyle, PayloadStyle,
        PaymentFault, PaymentStatus as Outcome, TsUnit,
    },
};
use tokio::net::TcpListener;

use crate::{
    mercadopago_client::{ars, instant, now, payments, request},
    scripted_server::Server,
};

const SECRET: &str = "webhook-secret";

async fn start(desk: &Server) -> (Running<MercadoPagoControl>, Payments) {
    let now: Timestamp = instant("2026-09-01T12:00:00Z");
    let config = MercadoPagoConfig {
        listener: TcpListener::bind("127.0.0.1:0").await.expect("loopback has a free port"),
        access_token: "token-1".to_owned(),
        webhook_secret: SECRET.to_owned(),
        collector_id: 810_882_223,
        webhook_url: Some(desk.base_url.clone()),
        public_base_url: None,
        now: Arc::new(move || now),
    };
    let simulator = MercadoPago::start(config).expect("the simulator starts");
    let payments = payments(&simulator.base_url);
    (simulator, payments)
}

fn desk() -> Server {
    Server::answering(&[(200, ""); 60])
}

async fn checkout(payments: &Payments) -> Checkout {
    let mut request = request();
    request.notification_url = None;
    payments.create_checkout(&request, now()).await.expect("the simulator takes the checkout")
}

fn pay(simulator: &Running<MercadoPagoControl>, outcome: Outcome) -> String {
    let external_reference = Some(request().reference);
    let new = NewPayment { external_reference, status: Some(outcome), ..NewPayment::default() };
    simulator.control.create_payment(new).expect("there is a checkout").to_string()
}

async fn seen(payments: &Payments, id: &str) -> PaymentSeen {
    payments.find_payment(id, now()).await.expect("the simulator answers").expect("the payment is there")
}

/// What the desk was told, with whether it was signed. A signature that is there must be good.
fn notices(desk: &Server) -> Vec<(Notice, bool)> {
    let read = |request: String| {
        let (head, body) = request.split_once("\r\n\r\n").expect("a request has a head");
        let header = |name: &str| head.lines().find_map(|line| line.strip_prefix(name));
        let path = head.split(' ').nth(1).expect("a request has a path");
        let query = Query::parse(path.split_once('?').map(|(_, query)| query).unwrap_or_default());
        let signed = Signed {
            data_id: query.data_id(),
            request_id: header("x-request-id: "),
            signature: header("x-signature: "),
        };
        if signed.signature.is_some() {
            webhook_signature::verify(&[SECRET], &signed).expect("the simulator signs");
        }
        let notice = notification::parse(&query, body.as_bytes()).expect("the simulator names an id");
        (notice, signed.signature.is_some())
    };
    desk.requests().into_iter().map(read).collect()
}

#[tokio::test]
async fn a_deposit_is_asked_for_paid_and_read_back() {
    let desk = desk();
    let (simulator, payments) = start(&desk).await;
    let checkout = checkout(&payments).await;
    assert!(checkout.url.contains(&checkout.provider_id), "{}", checkout.url);
    let id = pay(&simulator, Outcome::Approved);
    simulator.control.settle().await;
    let notices = notices(&desk);
    assert!(notices.iter().all(|(notice, signed)| *signed && notice.payment_id.as_ref() == Some(&id)));
    let seen = seen(&payments, &id).await;
    assert_eq!(seen.status, PaymentStatus::Approved);
    assert_eq!(seen.amount(), Some(ars("15300.10")));
    assert_eq!(seen.refunded(), Some(ars("0")));
    assert_eq!(seen.reference, Some(request().reference));
    assert_eq!(seen.collector_id.as_deref(), Some("810882223"));
    assert_eq!(seen.live_mode, Some(true));
    assert_eq!(seen.approved_at, Some(instant("2026-09-01T12:00:00Z")));
    assert_eq!(payments.search_payments(&request().reference, &[], now()).await.unwrap(), [seen]);
    simulator.stop().await;
}

#[tokio::test]
async fn the_style_of_a_payment_changes_nothing() {
    let desk = desk();
    let (simulator, payments) = start(&desk).await;
    checkout(&payments).await;
    let id = pay(&simulator, Outcome::Approved);
    let plain = seen(&payments, &id).await;
    simulator.control.change_settings(|settings| {
        settings.payloads = PayloadStyle {
            amounts_as_strings: true,
            ids_as_strings: true,
            unknown_fields: true,
            empty_lists_for_objects: true,
        };
    });
    assert_eq!(seen(&payments, &id).await, plain);
    simulator.stop().await;
}

#[tokio::test]
async fn the_style_of_a_notification_changes_nothing() {
    let desk = desk();
    let (simulator, payments) = start(&desk).await;
    checkout(&payments).await;
    simulator.control.change_settings(|settings| {
        settings.notifications = NotificationStyle {
            ts: TsUnit::Milliseconds,
            data_id_as_number: true,
            id_as_string: true,
            user_id_as_string: true,
            pairs: true,
            updated_first: true,
            ipn_copies: true,
            signed: true,
        };
    });
    let id = pay(&simulator, Outcome::Pending);
    simulator.control.settle().await;
    let notices = notices(&desk);
    assert_eq!(notices.iter().filter(|(_, signed)| *signed).count(), 2);
    assert!(notices.len() > 2, "IPN copies came too");
    for (notice, _) in notices {
        assert_eq!((notice.topic.as_str(), notice.payment_id.as_ref()), ("payment", Some(&id)));
    }
    simulator.stop().await;
}

#[tokio::test]
async fn a_lost_answer_is_repeated_with_the_same_key() {
    let desk = desk();
    let (simulator, payments) = start(&desk).await;
    for fault in [
        CallFault::LostAnswer { http_status: 500 },
        CallFault::TruncatedJson,
        CallFault::SlowAnswer { delay_ms: 900 },
        CallFault::DropConnection { after_effect: true },
    ] {
        simulator.control.fail_call(fault.clone());
        let error = payments.create_checkout(&request(), now()).await.unwrap_err();
        assert!(matches!(error, CallError::Unknown { .. }), "{fault:?}: {error:?}");
    }
    let first = checkout(&payments).await;
    assert_eq!(checkout(&payments).await, first);
    assert_eq!(simulator.control.preferences().len(), 1);

    let id = pay(&simulator, Outcome::Approved);
    simulator.control.fail_call(CallFault::LostAnswer { http_status: 502 });
    let error = payments.refund(&id, Some(ars("300.10")), now(), "r1").await.unwrap_err();
    assert!(matches!(error, CallError::Unknown { .. }), "{error:?}");
    let refund = payments.refund(&id, Some(ars("300.10")), now(), "r1").await.unwrap();
    assert_eq!(refund.amount_decimal.as_deref(), Some("300.1"));
    assert_eq!(payments.list_refunds(&id, now()).await.unwrap(), [refund]);
    assert_eq!(seen(&payments, &id).await.refunded(), Some(ars("300.10")));
    payments.refund(&id, None, now(), "r2").await.unwrap();
    assert_eq!(seen(&payments, &id).await.status, PaymentStatus::Refunded);
    let error = payments.refund(&id, None, now(), "r3").await.unwrap_err();
    assert!(matches!(error, CallError::Refused { .. }), "{error:?}");
    simulator.stop().await;
}

#[tokio::test]
async fn a_read_that_fails_can_be_repeated() {
    let desk = desk();
    let (simulator, payments) = start(&desk).await;
    checkout(&payments).await;
    simulator.control.fail_payment(PaymentFault { hidden_for_gets: 1, ..PaymentFault::default() });
    let id = pay(&simulator, Outcome::Approved);
    assert_eq!(payments.find_payment(&id, now()).await.unwrap(), None);
    for fault in [
        CallFault::RateLimited { retry_after_seconds: Some(3) },
        CallFault::ServerError { http_status: 500 },
        CallFault::Html { http_status: 200 },
        CallFault::Html { http_status: 404 },
        CallFault::EmptyBody,
        CallFault::TruncatedJson,
        CallFault::SlowBody { delay_ms: 900 },
        CallFault::DropConnection { after_effect: false },
    ] {
        simulator.control.fail_call(fault.clone());
        let error = payments.find_payment(&id, now()).await.unwrap_err();
        assert!(matches!(error, CallError::Retry { .. }), "{fault:?}: {error:?}");
        simulator.control.fail_call(fault.clone());
        let error = payments.search_payments("x", &[], now()).await.unwrap_err();
        assert!(matches!(error, CallError::Retry { .. }), "{fault:?}: {error:?}");
    }
    assert_eq!(seen(&payments, &id).await.status, PaymentStatus::Approved);
    simulator.stop().await;
}

#[tokio::test]
async fn a_page_is_closed_and_a_slip_withdrawn() {
    let desk = desk();
    let (simulator, payments) = start(&desk).await;
    let checkout = checkout(&payments).await;
    payments
        .update_checkout_expiry(&checkout.provider_id, instant("2026-09-01T12:00:00Z"), "e1")
        .await
        .unwrap();
    let kept = &simulator.control.preferences()[0];
    let until: Timestamp = kept["expiration_date_to"].as_str().unwrap().parse().unwrap();
    assert_eq!(until, instant("2026-09-01T12:00:00Z"));
    let id = pay(&simulator, Outcome::Pending);
    payments.cancel_payment(&id, "c1").await.unwrap();
    assert_eq!(seen(&payments, &id).await.status, PaymentStatus::Cancelled);
    let error = payments.cancel_payment(&id, "c2").await.unwrap_err();
    assert!(matches!(error, CallError::Refused { .. }), "{error:?}");
    simulator.stop().await;
}

#[tokio::test]
async fn what_they_refuse_is_refused_in_their_words() {
    let desk = desk();
    let (simulator, payments) = start(&desk).await;
    let mut bad = request();
    bad.back_url = "no address".to_owned();
    let error = payments.create_checkout(&bad, now()).await.unwrap_err();
    let CallError::Refused { status: 400, detail, .. } = error else { panic!("{error:?}") };
    assert_eq!(detail, "back_urls.success must be a valid url");
    simulator.control.fail_call(CallFault::ErrorInOk { code: 2006 });
    let error = payments.create_checkout(&request(), now()).await.unwrap_err();
    assert!(matches!(error, CallError::Refused { .. }), "{error:?}");
    let stranger = crate::mercadopago_client::payments_as(&simulator.base_url, "old token");
    let error = stranger.find_payment("1", now()).await.unwrap_err();
    assert!(matches!(error, CallError::Denied { status: 401, .. }), "{error:?}");
    simulator.stop().await;
}
