//! Malformed and forged payment webhooks: a clear answer, nothing changed, a metric counted.

use app::config::Environment;
use jiff::SignedDuration;
use serde_json::{Value, json};
use simulators::webhook_signatures::stripe_header;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::{
    desk_harness::{Answer, Desk, PHONE},
    stripe_and_paypal_tills::{Act, STRIPE_SECRET, Till},
};

/// A body at Stripe's address, signed so many seconds ago.
async fn at_stripe(desk: &Desk, body: &[u8], seconds_ago: i64) -> Answer {
    let signed_at = desk.test.now().as_second() - seconds_ago;
    let signature = stripe_header([STRIPE_SECRET], signed_at, body);
    let request = desk.http.post(format!("{}/api/v1/stripe/webhook", desk.url));
    let request = request.header("content-type", "application/json").header("stripe-signature", signature);
    desk.send(request.body(body.to_vec())).await
}

fn event(id: &str, kind: &str, object: Value) -> Vec<u8> {
    let event =
        json!({ "id": id, "object": "event", "type": kind, "livemode": false, "data": { "object": object } });
    event.to_string().into_bytes()
}

/// So many webhooks had this verdict.
async fn counted(desk: &Desk, source: &str, verdict: &str) -> u64 {
    let metrics = desk.get("/metrics").await.text;
    let line = metrics
        .lines()
        .find(|line| line.starts_with("webhooks_total") && line.contains(source) && line.contains(verdict));
    line.map_or(0, |line| line.rsplit(' ').next().unwrap().parse().unwrap())
}

#[tokio::test]
async fn odd_events_are_refused_and_change_nothing() {
    Till::each_of(&["stripe"], async |desk, till| {
        let (_, code, _) = till.holding(desk).await;
        let page = till.pages().pop().unwrap();
        let good = event("evt_1", "checkout.session.completed", page);
        let bad_id = |id: &str| {
            event("evt_2", "payment_intent.succeeded", json!({ "id": id, "object": "payment_intent" }))
        };
        let cases: [(&str, Vec<u8>, i64, u16, &str); 11] = [
            ("no JSON", b"<html>".to_vec(), 0, 400, "not_understood"),
            ("half of it", good[..40].to_vec(), 0, 400, "not_understood"),
            ("a list", b"[]".to_vec(), 0, 400, "not_understood"),
            ("nothing", b"".to_vec(), 0, 400, "not_understood"),
            ("another shape", b"{\"hello\":1}".to_vec(), 0, 400, "not_understood"),
            ("a path for an id", bad_id("../refunds"), 0, 400, "not_understood"),
            ("letters for an id", bad_id("pi_\u{f1}"), 0, 400, "not_understood"),
            ("an id without end", bad_id(&"p".repeat(400)), 0, 400, "not_understood"),
            ("no payment", event("evt_3", "customer.created", json!({ "id": "cus_1" })), 0, 200, "ignored"),
            ("heard before", good.clone(), 301, 403, "bad_signature"),
            ("from the future", good.clone(), -301, 403, "bad_signature"),
        ];
        for (what, body, seconds_ago, status, verdict) in cases {
            let before = counted(desk, "stripe", verdict).await;
            let answer = at_stripe(desk, &body, seconds_ago).await;
            assert_eq!(answer.status.as_u16(), status, "{what}: {}", answer.text);
            assert_eq!(counted(desk, "stripe", verdict).await, before + 1, "{what} is counted");
        }
        // The good one comes twice, and is one event; nobody has paid on its page.
        for verdict in ["accepted", "duplicate"] {
            let before = counted(desk, "stripe", verdict).await;
            assert_eq!(at_stripe(desk, &good, 0).await.status, 200);
            assert_eq!(counted(desk, "stripe", verdict).await, before + 1);
        }
        till.settle(desk).await;
        let ledger = desk.ledger(&code).await;
        assert_eq!((desk.status_of(&code).await.as_str(), &ledger["payments"]), ("held", &json!([])));
        assert!(desk.waiting().await.is_empty());
    })
    .await;
}

/// A body without end, and one that ends too soon: refused before anything is read of it, and counted all the same.
#[tokio::test]
async fn what_cannot_be_read_whole_is_counted() {
    Desk::each(async |desk| {
        let page = desk.get("/metrics").await.text;
        for source in ["mercadopago", "stripe", "paypal", "whatsapp"] {
            for verdict in ["too_large", "broken_off"] {
                let line = format!("webhooks_total{{source=\"{source}\",verdict=\"{verdict}\"}} 0");
                assert!(page.lines().any(|each| each == line), "{line} is not there from the start");
            }
            let path = format!("/api/v1/{source}/webhook");
            let large = vec![b' '; desk.test.app.settings.server.max_webhook_bytes + 1];
            let sent = desk.send(desk.http.post(format!("{}{path}", desk.url)).body(large)).await;
            assert_eq!((sent.status.as_u16(), sent.code().as_str()), (413, "body_too_large"), "{source}");
            assert_eq!(half_a_body(desk, &path).await, "HTTP/1.1 400 Bad Request", "{source}");
            for verdict in ["too_large", "broken_off"] {
                assert_eq!(counted(desk, source, verdict).await, 1, "{source} {verdict}");
            }
        }
    })
    .await;
}

/// Promises more than it sends; the first line of the answer.
async fn half_a_body(desk: &Desk, path: &str) -> String {
    let host = desk.url.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(host).await.unwrap();
    let head = format!("POST {path} HTTP/1.1\r\nhost: {host}\r\ncontent-length: 100\r\n\r\n{{\"half");
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.shutdown().await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer.lines().next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn absurd_amounts_decide_nothing() {
    Desk::each(async |desk| {
        desk.cabin("El Sauce").await;
        desk.guest_says(PHONE, "del 5 al 8 de enero para 4").await;
        desk.guest_says(PHONE, "sí").await;
        let code = desk.only_code(PHONE).await;
        for amount in [json!(-13500), json!(0), json!(0.001)] {
            desk.next_payment_is_odd(json!({ "amount": amount }));
            desk.paid(json!({ "preference_id": desk.preference() })).await;
            assert_eq!(desk.status_of(&code).await, "held", "{amount}");
        }
        assert_eq!(desk.ledger(&code).await["paid"], "0.00");
        let mut waiting = desk.waiting().await;
        waiting.sort();
        assert_eq!(waiting, ["odd_amount", "odd_amount", "unreadable_amount"], "each waits for a person");
    })
    .await;
}

/// Test money in earnest, at each provider that shows it.
#[tokio::test]
async fn play_money_confirms_nothing_in_production() {
    for name in ["stripe", "paypal"] {
        let production = |config: &mut app::config::Config| config.environment = Environment::Production;
        Till::each_with(&[name], production, async |desk, till| {
            let (_, code, _) = till.holding(desk).await;
            till.act(desk, Act::Pay).await;
            desk.test.advance(SignedDuration::from_mins(1));
            till.settle(desk).await;
            assert_eq!(desk.status_of(&code).await, "held", "{name}");
            assert_eq!(desk.waiting().await, ["test_money"], "{name}");
            assert_eq!(desk.ledger(&code).await["paid"], "0.00");
        })
        .await;
    }
}
