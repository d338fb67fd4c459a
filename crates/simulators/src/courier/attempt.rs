//! One try at one address.

use std::time::Duration;

use reqwest::header;
use tokio::time::Instant;

use super::{Courier, Job, Retry, Secrets};
use crate::faults::WebhookFault;

impl Courier {
    /// Posts the webhook and says whether the desk took it.
    pub(super) async fn attempt(&self, job: &Job, attempt: u32, retry: &Retry) -> bool {
        let mut record = job.unsent((self.clock)());
        let began = Instant::now();
        let answer = self.request(job).timeout(Duration::from_millis(retry.timeout_ms)).send().await;
        record.latency_ms = began.elapsed().as_secs_f64() * 1000.0;
        record.attempt = attempt;
        match answer {
            Ok(response) => {
                let status = response.status().as_u16();
                record.http_status = Some(status);
                record.accepted = (self.accepts)(status);
                // Reading the rest lets the connection serve the next webhook.
                let _ignored = response.bytes().await;
            }
            Err(error) => record.error = Some(error.to_string()),
        }
        let accepted = record.accepted;
        self.record(record);
        self.tried.send_modify(|count| *count += 1);
        accepted
    }

    fn request(&self, job: &Job) -> reqwest::RequestBuilder {
        let parcel = &job.parcel;
        let secrets = match job.fault {
            WebhookFault::WrongSignature => &Secrets::only("a secret that nobody has"),
            _ => &job.secrets,
        };
        let mut request = self
            .client
            .post(&parcel.url)
            .header(header::CONTENT_TYPE, "application/json")
            .body(parcel.body.clone());
        for (name, value) in (parcel.stamp)(secrets, &parcel.body) {
            if job.fault != WebhookFault::NoSignature || name != self.signature_header {
                request = request.header(name, value);
            }
        }
        request
    }
}
