//! The certificate of the mail server, and whether it speaks TLS.

use std::sync::Arc;

use rustls::{
    ServerConfig,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
};
use tokio_rustls::TlsAcceptor;

/// Whoever talks to this server must trust it. Its key was thrown away.
pub const AUTHORITY_PEM: &str = include_str!("tls/authority.pem");

/// For `localhost` and 127.0.0.1, from 2020 to 2119. The key is public and good for nothing else.
const SERVER_PEM: &str = include_str!("tls/server.pem");
const SERVER_KEY_PEM: &str = include_str!("tls/public-test-key.pem");

/// How the way to the server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protection {
    None,
    /// `STARTTLS` is offered, and must be taken.
    StartTls,
    /// From the first byte on.
    Tls,
}

/// # Panics
/// When the files beside this one are broken, which a test would have shown.
pub(super) fn acceptor() -> TlsAcceptor {
    let certificate =
        CertificateDer::from_pem_slice(SERVER_PEM.as_bytes()).expect("the file is a certificate");
    let key = PrivateKeyDer::from_pem_slice(SERVER_KEY_PEM.as_bytes()).expect("the file is a key");
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("ring speaks the usual versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .expect("the key is that of the certificate");
    TlsAcceptor::from(Arc::new(config))
}
