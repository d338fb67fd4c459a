//! Webhooks that go wrong.

use std::time::Duration;

use serde_json::json;

use super::support::{Caller, Desk, GUEST, MovableClock, Received, SECRET, listener, whatsapp};
use crate::{faults::WebhookFault, webhook_signatures::hub_signature_256};

fn texts(received: &[Received]) -> Vec<String> {
    let text =
        |webhook: &Received| webhook.value()["messages"][0]["text"]["body"].as_str().unwrap().to_owned();
    received.iter().map(text).collect()
}

#[tokio::test]
async fn what_is_not_taken_comes_again_and_ends() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = whatsapp(&desk, &clock).await;
    desk.will_answer(&[500, 503]);
    running.control.guest_writes(GUEST, "Hola");
    running.control.settle().await;
    let log = running.control.webhooks();
    let statuses: Vec<_> = log.iter().map(|attempt| (attempt.attempt, attempt.http_status)).collect();
    assert_eq!(statuses, [(1, Some(500)), (2, Some(503)), (3, Some(200))]);
    let received = desk.received();
    assert_eq!(received[0].body, received[2].body);

    desk.will_answer(&[201, 204, 302, 400]);
    running.control.guest_writes(GUEST, "Hola de nuevo");
    running.control.settle().await;
    assert_eq!(desk.received().len(), 7);
    assert!(!running.control.webhooks()[6].accepted);
}

#[tokio::test]
async fn duplicates_reorderings_and_losses() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = whatsapp(&desk, &clock).await;
    running.control.fail_webhook(WebhookFault::Duplicate { copies: 2 });
    running.control.fail_webhook(WebhookFault::Drop);
    running.control.fail_webhook(WebhookFault::Reorder { at_most_ms: 5000 });
    for text in ["uno", "dos", "tres", "cuatro"] {
        running.control.guest_writes(GUEST, text);
    }
    running.control.settle().await;
    assert_eq!(texts(&desk.received()), ["uno", "uno", "uno", "cuatro", "tres"]);
}

#[tokio::test]
async fn a_fault_can_wait_for_its_kind_of_webhook() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = whatsapp(&desk, &clock).await;
    running.control.fail_webhook(WebhookFault::Drop.on("status delivered"));
    running.control.change_settings(|settings| settings.unknown_fields = true);
    running.control.guest_writes(GUEST, "Hola");
    Caller::new(&running.base_url).text("Buenas").await;
    running.control.settle().await;
    let statuses: Vec<_> =
        desk.received().iter().skip(1).map(|webhook| webhook.value()["statuses"][0].clone()).collect();
    assert_eq!((&statuses[0]["status"], &statuses[1]["status"]), (&json!("sent"), &json!("read")));
    assert!(statuses[0]["pricing"]["hologram"].is_object());
}

#[tokio::test]
async fn dropping_a_simulator_closes_its_port() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = whatsapp(&desk, &clock).await;
    let address = running.base_url.trim_start_matches("http://").to_owned();
    drop(running);
    let closes = async {
        while tokio::net::TcpStream::connect(&address).await.is_ok() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(3), closes).await.expect("the port closes");
}

#[tokio::test]
async fn a_late_webhook_is_overtaken() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = whatsapp(&desk, &clock).await;
    running.control.fail_webhook(WebhookFault::Delay { delay_ms: 80 });
    running.control.guest_writes(GUEST, "uno");
    running.control.guest_writes(GUEST, "dos");
    running.control.settle().await;
    assert_eq!(texts(&desk.received()), ["dos", "uno"]);
}

#[tokio::test]
async fn forgeries_come_once_and_secrets_can_change() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = whatsapp(&desk, &clock).await;
    running.control.fail_webhook(WebhookFault::WrongSignature);
    running.control.fail_webhook(WebhookFault::NoSignature);
    running.control.fail_webhook(WebhookFault::None);
    running.control.fail_webhook(WebhookFault::RotateSecret { secret: "new".to_owned() });
    desk.will_answer(&[403, 403]);
    for text in ["uno", "dos", "tres", "cuatro", "cinco"] {
        running.control.guest_writes(GUEST, text);
    }
    running.control.settle().await;
    let received = desk.received();
    let signed_with = |webhook: &Received| {
        [SECRET, "new"]
            .into_iter()
            .find(|secret| webhook.header("x-hub-signature-256") == hub_signature_256(secret, &webhook.body))
    };
    let secrets: Vec<_> = received.iter().map(signed_with).collect();
    assert_eq!(secrets, [None, None, Some(SECRET), Some("new"), Some("new")]);
    assert!(!received[0].header("x-hub-signature-256").is_empty());
    assert_eq!(received[1].header("x-hub-signature-256"), "");
}

#[tokio::test]
async fn an_outage_ends_in_a_burst() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = whatsapp(&desk, &clock).await;
    running.control.hold_webhooks();
    for text in ["uno", "dos", "tres"] {
        running.control.guest_writes(GUEST, text);
    }
    running.control.settle().await;
    assert!(desk.received().is_empty());
    assert_eq!(running.control.release_webhooks(true), 3);
    running.control.settle().await;
    assert_eq!(texts(&desk.received()), ["tres", "dos", "uno"]);
}

#[tokio::test]
async fn stopping_ends_every_delivery() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = whatsapp(&desk, &clock).await;
    let nobody = listener().await;
    let address = nobody.local_addr().unwrap();
    drop(nobody);
    running.control.change_settings(|settings| {
        settings.webhook_url = format!("http://{address}/");
        settings.retry.tries = 1000;
        settings.retry.step_ms = 60_000;
    });
    running.control.fail_webhook(WebhookFault::Delay { delay_ms: 600_000 });
    running.control.guest_writes(GUEST, "tarde");
    running.control.guest_writes(GUEST, "nunca");
    let control = running.control.clone();
    tokio::time::timeout(Duration::from_secs(3), running.stop()).await.expect("stops soon");
    tokio::time::timeout(Duration::from_secs(1), control.settle()).await.expect("nothing is waited for");
    assert!(desk.received().is_empty());
}
