//! The certificates that events name, and where they are served.

use std::sync::Arc;

use axum::{extract::State, http::StatusCode, response::Response};
use serde::{Deserialize, Serialize};

use super::{account::Sim, api_error::ApiError};
use crate::{
    core::{Incoming, Reply, VendorError as _},
    faults::Call,
};

/// The authority that vouches for the simulator's certificates. A client that is to believe the simulator must be told
/// to trust it; nobody else does, and its key was thrown away.
pub const AUTHORITY_PEM: &str = include_str!("certificates/authority.pem");

/// The certificate that events name. All but the untrusted one come from [`AUTHORITY_PEM`], and all hold the key that
/// signs, so each signature fits: what is wrong is the certificate alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certificate {
    /// Of `messageverificationcerts.sandbox.paypal.com`, good until 2119.
    #[default]
    Current,
    /// Another one of the same name, as after a renewal.
    Renewed,
    /// Of `messageverificationcerts.paypal.com`, as outside the sandbox.
    Live,
    /// Ended with 2019.
    Expired,
    /// Of somebody else.
    OtherName,
    /// From an authority that nobody trusts.
    Untrusted,
}

impl Certificate {
    const ALL: [Self; 6] =
        [Self::Current, Self::Renewed, Self::Live, Self::Expired, Self::OtherName, Self::Untrusted];

    /// The last part of its address.
    pub fn name(self) -> &'static str {
        match self {
            Self::Current => "CERT-360caa42-current",
            Self::Renewed => "CERT-360caa42-renewed",
            Self::Live => "CERT-360caa42-live",
            Self::Expired => "CERT-360caa42-expired",
            Self::OtherName => "CERT-360caa42-other-name",
            Self::Untrusted => "CERT-360caa42-untrusted",
        }
    }

    /// As it is served.
    pub fn pem(self) -> &'static str {
        match self {
            Self::Current => include_str!("certificates/current.pem"),
            Self::Renewed => include_str!("certificates/renewed.pem"),
            Self::Live => include_str!("certificates/live.pem"),
            Self::Expired => include_str!("certificates/expired.pem"),
            Self::OtherName => include_str!("certificates/other-name.pem"),
            Self::Untrusted => include_str!("certificates/untrusted.pem"),
        }
    }
}

/// `GET /v1/notifications/certs/{name}`: open to everybody.
pub(crate) async fn get(State(sim): State<Arc<Sim>>, incoming: Incoming) -> Response {
    let effect = || match Certificate::ALL
        .into_iter()
        .find(|certificate| certificate.name() == incoming.param("name"))
    {
        Some(certificate) => {
            Reply::bytes(StatusCode::OK, "application/x-x509-ca-cert", certificate.pem().into())
        }
        None => ApiError::not_found().reply(),
    };
    sim.answer(Call::GetCertificate, &incoming, effect).await
}
