//! The `PAYPAL-TRANSMISSION-…` headers of webhooks.
//!
//! Source: developer.paypal.com/api/rest/webhooks/rest/#link-messagesignature. Signed is
//! `<transmission id>|<transmission time>|<webhook id>|<CRC-32 of the raw body as decimal>`, with the key of the
//! certificate that a header names. Nothing is said about age, and a valid signature only says "look".

use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::Timestamp;

use super::{
    Environment,
    certificate_chain::{Certificate, CertificateError, Roots},
};

/// The signed parts of a request, as they stand in its headers.
#[derive(Clone, Copy, Debug, Default)]
pub struct Signed<'a> {
    /// `PAYPAL-TRANSMISSION-ID`
    pub transmission_id: Option<&'a str>,
    /// `PAYPAL-TRANSMISSION-TIME`
    pub transmission_time: Option<&'a str>,
    /// `PAYPAL-TRANSMISSION-SIG`
    pub transmission_sig: Option<&'a str>,
    /// `PAYPAL-CERT-URL`
    pub cert_url: Option<&'a str>,
    /// `PAYPAL-AUTH-ALGO`
    pub auth_algo: Option<&'a str>,
}

/// The same, all there and of the right kind.
#[derive(Clone, Copy, Debug)]
pub struct Headers<'a> {
    pub transmission_id: &'a str,
    pub transmission_time: &'a str,
    pub transmission_sig: &'a str,
    pub cert_url: &'a str,
    pub auth_algo: &'a str,
    pub signed_at: Timestamp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    #[error("no webhook id is set, so no event can be trusted")]
    NoWebhookId,
    #[error("the header {0} is missing")]
    Missing(&'static str),
    #[error("the header {0} cannot be read")]
    Malformed(&'static str),
    #[error("the certificate is at an address where PayPal has none")]
    BadCertUrl,
    #[error("there is no certificate at the address in the header")]
    NoCertificate,
    #[error("the certificate or signature does not hold")]
    Certificate(#[from] CertificateError),
    #[error("PayPal says that this event is not theirs")]
    NotTheirs,
}

impl<'a> Signed<'a> {
    /// All headers, or the name of the one that is missing or not as it should be.
    pub fn headers(&self) -> Result<Headers<'a>, SignatureError> {
        let part = |value: Option<&'a str>, name| {
            let value = value.map(str::trim).filter(|value| !value.is_empty());
            let value = value.ok_or(SignatureError::Missing(name))?;
            // A bar would move the borders between the signed parts.
            if value.contains('|') { Err(SignatureError::Malformed(name)) } else { Ok(value) }
        };
        let transmission_time = part(self.transmission_time, "PAYPAL-TRANSMISSION-TIME")?;
        let headers = Headers {
            transmission_id: part(self.transmission_id, "PAYPAL-TRANSMISSION-ID")?,
            transmission_sig: part(self.transmission_sig, "PAYPAL-TRANSMISSION-SIG")?,
            cert_url: part(self.cert_url, "PAYPAL-CERT-URL")?,
            auth_algo: part(self.auth_algo, "PAYPAL-AUTH-ALGO")?,
            signed_at: transmission_time
                .parse()
                .map_err(|_| SignatureError::Malformed("PAYPAL-TRANSMISSION-TIME"))?,
            transmission_time,
        };
        if headers.auth_algo.eq_ignore_ascii_case("SHA256withRSA") {
            Ok(headers)
        } else {
            Err(SignatureError::Malformed("PAYPAL-AUTH-ALGO"))
        }
    }
}

impl Headers<'_> {
    /// What is signed.
    pub fn message(&self, webhook_id: &str, body: &[u8]) -> String {
        let checksum = crc32fast::hash(body);
        format!("{}|{}|{webhook_id}|{checksum}", self.transmission_id, self.transmission_time)
    }

    /// Whether the signature was made with the certificate's key. Says nothing about the certificate.
    pub fn check_signature(
        &self,
        certificate: &Certificate,
        webhook_id: &str,
        body: &[u8],
    ) -> Result<(), SignatureError> {
        let webhook_id = webhook_id.trim();
        if webhook_id.is_empty() {
            return Err(SignatureError::NoWebhookId);
        }
        let unreadable = SignatureError::Malformed("PAYPAL-TRANSMISSION-SIG");
        let signature = STANDARD.decode(self.transmission_sig).map_err(|_| unreadable)?;
        Ok(certificate.check_signature(self.message(webhook_id, body).as_bytes(), &signature)?)
    }
}

/// Whether the certificate is PayPal's: its name, its dates, and a chain to one of `roots`.
pub fn check_certificate(
    certificate: &Certificate,
    environment: Environment,
    roots: &Roots,
    now: Timestamp,
) -> Result<(), CertificateError> {
    certificate.check_name(environment.certificate_name())?;
    certificate.check_dates(now)?;
    certificate.check_chain(roots, now)
}

#[cfg(test)]
mod tests;
