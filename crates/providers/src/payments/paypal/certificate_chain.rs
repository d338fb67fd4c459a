//! Signing certificates and the roots that they must lead to.
//!
//! Each question is asked alone, so that a caller can say which one failed, and so that a signature of 2015 can still
//! be checked with the clock of 2015.

use std::time::Duration;

use jiff::Timestamp;
use rustls::pki_types::{CertificateDer, TrustAnchor, UnixTime, pem::PemObject};
use webpki::{ALL_VERIFICATION_ALGS, EndEntityCert, KeyUsage, anchor_from_trusted_cert};
use x509_cert::der::Decode;

/// A certificate, with those that may lie between it and a root.
#[derive(Debug)]
pub struct Certificate {
    leaf: CertificateDer<'static>,
    between: Vec<CertificateDer<'static>>,
    common_name: Option<String>,
    not_before_seconds: u64,
    not_after_seconds: u64,
}

/// Whom we believe.
#[derive(Clone, Debug)]
pub struct Roots(Vec<TrustAnchor<'static>>);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CertificateError {
    #[error("this is no certificate in PEM")]
    Unreadable,
    #[error("the certificate is made out to somebody else")]
    OtherName,
    #[error("the certificate is not valid at this time")]
    NotValidNow,
    #[error("the certificate does not lead to a root that we trust")]
    Untrusted,
    #[error("the signature was not made with the certificate's key")]
    OtherSignature,
}

impl Certificate {
    /// Reads PEM: the certificate first, then those in between, where they send them.
    pub fn parse(pem: &[u8]) -> Result<Self, CertificateError> {
        let mut all = certificates(pem)?.into_iter();
        let leaf = all.next().ok_or(CertificateError::Unreadable)?;
        let parsed = x509_cert::Certificate::from_der(&leaf).map_err(|_| CertificateError::Unreadable)?;
        let parsed = parsed.tbs_certificate();
        let validity = parsed.validity();
        let common_name = parsed.subject().common_name().ok().flatten();
        Ok(Self {
            common_name: common_name.map(|name| name.value().into_owned()),
            not_before_seconds: validity.not_before.to_unix_duration().as_secs(),
            not_after_seconds: validity.not_after.to_unix_duration().as_secs(),
            between: all.collect(),
            leaf,
        })
    }

    pub fn check_name(&self, expected: &str) -> Result<(), CertificateError> {
        if self.common_name.as_deref() == Some(expected) { Ok(()) } else { Err(CertificateError::OtherName) }
    }

    pub fn check_dates(&self, now: Timestamp) -> Result<(), CertificateError> {
        let now = since_1970(now)?.as_secs();
        let valid = (self.not_before_seconds..=self.not_after_seconds).contains(&now);
        if valid { Ok(()) } else { Err(CertificateError::NotValidNow) }
    }

    /// Whether a chain of certificates, all valid `now`, leads to one of `roots`.
    pub fn check_chain(&self, roots: &Roots, now: Timestamp) -> Result<(), CertificateError> {
        let leaf = EndEntityCert::try_from(&self.leaf).map_err(|_| CertificateError::Unreadable)?;
        let now = UnixTime::since_unix_epoch(since_1970(now)?);
        // They are ordinary server certificates; there is no usage of their own for signing messages.
        let usage = KeyUsage::server_auth();
        let path =
            leaf.verify_for_usage(ALL_VERIFICATION_ALGS, &roots.0, &self.between, now, usage, None, None);
        path.map(|_path| ()).map_err(|_| CertificateError::Untrusted)
    }

    /// RSA PKCS#1 v1.5 with SHA-256, and nothing else.
    pub fn check_signature(&self, message: &[u8], signature: &[u8]) -> Result<(), CertificateError> {
        let leaf = EndEntityCert::try_from(&self.leaf).map_err(|_| CertificateError::Unreadable)?;
        let verified = leaf.verify_signature(webpki::ring::RSA_PKCS1_2048_8192_SHA256, message, signature);
        verified.map_err(|_| CertificateError::OtherSignature)
    }
}

impl Roots {
    /// Those of Mozilla's list.
    pub fn public() -> Self {
        Self(webpki_roots::TLS_SERVER_ROOTS.to_vec())
    }

    /// Only those in the PEM. A certificate between may stand for a root.
    pub fn only(pem: &[u8]) -> Result<Self, CertificateError> {
        let all = certificates(pem)?;
        let anchor = |der| anchor_from_trusted_cert(der).map(|anchor| anchor.to_owned());
        let roots: Result<Vec<_>, _> = all.iter().map(anchor).collect();
        match roots {
            Ok(roots) if !roots.is_empty() => Ok(Self(roots)),
            _ => Err(CertificateError::Unreadable),
        }
    }

    /// These and those in the PEM, for a simulator that signs with a root of its own.
    pub fn and(mut self, pem: &[u8]) -> Result<Self, CertificateError> {
        self.0.extend(Self::only(pem)?.0);
        Ok(self)
    }
}

fn certificates(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, CertificateError> {
    let all: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    all.map_err(|_| CertificateError::Unreadable)
}

fn since_1970(now: Timestamp) -> Result<Duration, CertificateError> {
    u64::try_from(now.as_second()).map(Duration::from_secs).map_err(|_| CertificateError::NotValidNow)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHAIN: &[u8] = include_bytes!("../../../tests/certs/chain.pem");
    const ROOT: &[u8] = include_bytes!("../../../tests/certs/root.pem");
    const STRANGER: &[u8] = include_bytes!("../../../tests/certs/stranger.pem");

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn names_and_dates_are_read() {
        let certificate = Certificate::parse(CHAIN).unwrap();
        assert_eq!(certificate.check_name("messageverificationcerts.sandbox.paypal.com"), Ok(()));
        for name in ["messageverificationcerts.paypal.com", "", "Test root"] {
            assert_eq!(certificate.check_name(name), Err(CertificateError::OtherName));
        }
        for (now, expected) in [
            ("2025-12-31T23:59:59Z", Err(CertificateError::NotValidNow)),
            ("2026-01-01T00:00:00Z", Ok(())),
            ("2027-01-01T00:00:00Z", Ok(())),
            ("2027-01-01T00:00:01Z", Err(CertificateError::NotValidNow)),
            ("1969-12-31T23:59:59Z", Err(CertificateError::NotValidNow)),
        ] {
            assert_eq!(certificate.check_dates(at(now)), expected, "{now}");
        }
    }

    #[test]
    fn a_chain_leads_to_a_trusted_root_or_nowhere() {
        let now = at("2026-09-01T12:00:00Z");
        let certificate = Certificate::parse(CHAIN).unwrap();
        let ours = Roots::only(ROOT).unwrap();
        assert_eq!(certificate.check_chain(&ours, now), Ok(()));
        assert_eq!(certificate.check_chain(&Roots::public().and(ROOT).unwrap(), now), Ok(()));
        let untrusted = Err(CertificateError::Untrusted);
        assert_eq!(certificate.check_chain(&Roots::public(), now), untrusted);
        assert_eq!(certificate.check_chain(&ours, at("2028-01-01T00:00:00Z")), untrusted);
        // A root that comes along with the certificate proves nothing.
        assert_eq!(Certificate::parse(STRANGER).unwrap().check_chain(&ours, now), untrusted);
        let end = CHAIN.windows(2).position(|two| two == b"\n-").unwrap();
        let alone = [&CHAIN[..end], b"\n-----END CERTIFICATE-----\n"].concat();
        assert_eq!(Certificate::parse(&alone).unwrap().check_chain(&ours, now), untrusted);
    }

    #[test]
    fn what_is_no_certificate_is_refused() {
        for pem in ["", "<html>", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
            assert_eq!(Certificate::parse(pem.as_bytes()).unwrap_err(), CertificateError::Unreadable);
            assert_eq!(Roots::only(pem.as_bytes()).unwrap_err(), CertificateError::Unreadable);
        }
    }
}
