//! Checks that a webhook is PayPal's: by its signature, or by asking the API.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use jiff::Timestamp;
use reqwest::Method;
use serde::Serialize;

use super::{
    Client,
    certificate_chain::{Certificate, CertificateError, Roots},
    certificate_url, response,
    webhook_signature::{Headers, SignatureError, Signed, check_certificate},
};
use crate::{
    http::{self, CallError, Effect},
    lenient_json::Fields,
};

/// They wait for our answer meanwhile, and send again.
const FETCH_TIMEOUT: Duration = Duration::from_secs(5);
/// They have one certificate at a time.
const MAX_KEPT: usize = 8;

#[derive(Clone, Debug)]
pub struct WebhookConfig {
    /// The id that they gave our webhook address; part of what is signed.
    pub webhook_id: String,
    pub check: Check,
    /// `Roots::public()`, and for a simulator its own besides.
    pub roots: Roots,
    /// One more place where certificates may lie, for a simulator.
    pub extra_cert_base_url: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// With the certificate. Where it leads to no root that we know, they are asked after all: they may not send the
    /// certificates in between.
    Local,
    /// By asking them about each one.
    Api,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WebhookError {
    #[error("the event is not theirs")]
    Refused(#[source] SignatureError),
    /// Answer with a 5xx: they send it again.
    #[error("it cannot be told now whether the event is theirs")]
    Undecided(#[source] CallError),
}

/// Certificates that have held before, by address.
#[derive(Debug, Default)]
pub struct Certificates(Mutex<BTreeMap<String, Arc<Certificate>>>);

#[derive(Serialize)]
struct Question<'a> {
    auth_algo: &'a str,
    cert_url: &'a str,
    transmission_id: &'a str,
    transmission_sig: &'a str,
    transmission_time: &'a str,
    webhook_id: &'a str,
}

impl Client {
    /// Whether the body came from PayPal, by the way that the settings name.
    pub async fn verify_webhook(
        &self,
        signed: &Signed<'_>,
        body: &[u8],
        now: Timestamp,
    ) -> Result<(), WebhookError> {
        if self.config.webhooks.check == Check::Api {
            return self.verify_by_api(signed, body, now).await;
        }
        match self.verify_locally(signed, body, now).await {
            Err(WebhookError::Refused(SignatureError::Certificate(CertificateError::Untrusted))) => {
                self.verify_by_api(signed, body, now).await
            }
            verdict => verdict,
        }
    }

    /// By the signature; asks nobody once the certificate is known.
    pub async fn verify_locally(
        &self,
        signed: &Signed<'_>,
        body: &[u8],
        now: Timestamp,
    ) -> Result<(), WebhookError> {
        let webhooks = &self.config.webhooks;
        let environment = self.config.environment;
        let headers = signed.headers().map_err(WebhookError::Refused)?;
        let known = self.certificates.find(headers.cert_url);
        let certificate = match &known {
            Some(certificate) => Arc::clone(certificate),
            None => Arc::new(self.fetch(&headers).await?),
        };
        let verdict = check_certificate(&certificate, environment, &webhooks.roots, now);
        verdict.map_err(|error| WebhookError::Refused(error.into()))?;
        if known.is_none() {
            self.certificates.keep(headers.cert_url, &certificate);
        }
        let verdict = headers.check_signature(&certificate, &webhooks.webhook_id, body);
        verdict.map_err(WebhookError::Refused)
    }

    /// `POST /v1/notifications/verify-webhook-signature`. The event goes as the bytes that came: written anew, it
    /// would have another checksum.
    pub async fn verify_by_api(
        &self,
        signed: &Signed<'_>,
        body: &[u8],
        now: Timestamp,
    ) -> Result<(), WebhookError> {
        let headers = signed.headers().map_err(WebhookError::Refused)?;
        let question = question(&headers, self.config.webhooks.webhook_id.trim(), body);
        let question = question.map_err(WebhookError::Refused)?;
        let call = self.call(Method::POST, "v1/notifications/verify-webhook-signature");
        let call = call.header("Content-Type", "application/json").body(question);
        let answer = self.exchange(call, now, Effect::Read).await.map_err(WebhookError::Undecided)?;
        match response::is_verified(&answer) {
            Ok(true) => Ok(()),
            Ok(false) => Err(WebhookError::Refused(SignatureError::NotTheirs)),
            // They refuse questions with headers that none of theirs has.
            Err(CallError::Refused { .. }) => Err(WebhookError::Refused(SignatureError::NotTheirs)),
            Err(error) => Err(WebhookError::Undecided(error)),
        }
    }

    async fn fetch(&self, headers: &Headers<'_>) -> Result<Certificate, WebhookError> {
        let extra = self.config.webhooks.extra_cert_base_url.as_deref();
        if !certificate_url::is_allowed(headers.cert_url, self.config.environment, extra) {
            return Err(WebhookError::Refused(SignatureError::BadCertUrl));
        }
        let call = self.http.get(headers.cert_url).timeout(FETCH_TIMEOUT);
        let answer = http::exchange(call, Effect::Read).await.map_err(WebhookError::Undecided)?;
        if !answer.is_success() {
            let detail = "the certificate cannot be fetched";
            return Err(
                match CallError::from_status(answer.status, Effect::Read, answer.retry_after, None, detail) {
                    error @ CallError::Retry { .. } => WebhookError::Undecided(error),
                    _ => WebhookError::Refused(SignatureError::NoCertificate),
                },
            );
        }
        let Ok(pem) = &answer.body else {
            let broken = CallError::lost(Effect::Read, "the certificate broke off");
            return Err(WebhookError::Undecided(broken));
        };
        Certificate::parse(pem).map_err(|error| WebhookError::Refused(error.into()))
    }
}

impl Certificates {
    fn find(&self, url: &str) -> Option<Arc<Certificate>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(url).cloned()
    }

    fn keep(&self, url: &str, certificate: &Arc<Certificate>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MAX_KEPT {
            kept.clear();
        }
        kept.insert(url.to_owned(), Arc::clone(certificate));
    }
}

/// The headers as a JSON object, with the body put in as its last member, byte for byte.
fn question(headers: &Headers<'_>, webhook_id: &str, body: &[u8]) -> Result<Vec<u8>, SignatureError> {
    if webhook_id.is_empty() {
        return Err(SignatureError::NoWebhookId);
    }
    // Anything but one whole object could add members of its own to our question.
    Fields::parse(body).ok_or(SignatureError::NotTheirs)?;
    let Headers { transmission_id, transmission_time, transmission_sig, cert_url, auth_algo, .. } = *headers;
    let question =
        Question { auth_algo, cert_url, transmission_id, transmission_sig, transmission_time, webhook_id };
    let head = serde_json::to_string(&question).expect("an object of texts is JSON");
    let open = head.strip_suffix('}').expect("an object ends with a brace");
    Ok([open.as_bytes(), b",\"webhook_event\":", body, b"}"].concat())
}
