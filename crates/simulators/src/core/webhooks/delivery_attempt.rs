//! One attempt to deliver a webhook.

use std::time::Duration;

use reqwest::header;
use tokio::time::Instant;

use super::{DecidedDelivery, Retry, Secrets, WebhookDispatcher};
use crate::faults::WebhookFault;

impl WebhookDispatcher {
    /// Posts the webhook and says whether the program took it.
    pub(super) async fn attempt(&self, decided: &DecidedDelivery, attempt: u32, retry: &Retry) -> bool {
        let mut record = decided.unsent((self.clock)());
        let began = Instant::now();
        let answer = self.request(decided).timeout(Duration::from_millis(retry.timeout_ms)).send().await;
        record.latency_ms = began.elapsed().as_secs_f64() * 1000.0;
        record.attempt = attempt;
        match answer {
            Ok(response) => {
                let status = response.status().as_u16();
                record.http_status = Some(status);
                record.accepted = (self.rules.accepts)(status);
                // Reading the rest lets the connection serve the next webhook.
                let _ignored = response.bytes().await;
            }
            Err(error) => record.error = Some(error.to_string()),
        }
        let accepted = record.accepted;
        self.log.add(record);
        self.tried.send_modify(|count| *count += 1);
        accepted
    }

    fn request(&self, decided: &DecidedDelivery) -> reqwest::RequestBuilder {
        let delivery = &decided.delivery;
        let secrets = match decided.fault {
            WebhookFault::WrongSignature => &Secrets::only("a secret that nobody has"),
            _ => &decided.secrets,
        };
        let mut request = self
            .client
            .post(&delivery.url)
            .header(header::CONTENT_TYPE, "application/json")
            .body(delivery.body.clone());
        for (name, value) in (delivery.headers)(secrets, &delivery.body) {
            if decided.fault != WebhookFault::NoSignature || name != self.rules.signature_header {
                request = request.header(name, value);
            }
        }
        request
    }
}
