//! `/v1/oauth2/token`: tokens for callers that know the client's secret.

use std::{collections::HashMap, sync::Arc};

use axum::{extract::State, http::StatusCode, response::Response};
use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::account::Sim;
use crate::{
    core::{Incoming, Reply, status},
    faults::Call,
};

/// The tokens that were given out, with their ends.
#[derive(Default)]
pub(crate) struct Tokens(HashMap<String, Timestamp>);

impl Tokens {
    pub(crate) fn is_good(&self, token: &str, now: Timestamp) -> bool {
        self.0.get(token).is_some_and(|ends_at| now < *ends_at)
    }

    pub(crate) fn revoke(&mut self) {
        self.0.clear();
    }
}

/// `POST /v1/oauth2/token`: Basic with the client's id and secret. Its errors have a shape of their own.
pub(crate) async fn create(State(sim): State<Arc<Sim>>, incoming: Incoming) -> Response {
    let effect = || {
        if !is_client(&sim, &incoming) {
            return refused(401, "invalid_client", "Client Authentication failed");
        }
        let asks = String::from_utf8_lossy(&incoming.body);
        if !asks.split('&').any(|pair| pair == "grant_type=client_credentials") {
            return refused(400, "unsupported_grant_type", "unsupported grant_type");
        }
        let token = format!("A21AA{}", sim.core.ids.hex(64));
        let mut state = sim.state();
        let seconds = state.settings.token_seconds;
        let ends_at = sim.now().saturating_add(SignedDuration::from_secs(seconds));
        state.model.tokens.0.insert(token.clone(), ends_at.unwrap_or(Timestamp::MAX));
        Reply::plain_json(
            StatusCode::OK,
            &json!({
                "scope": "https://uri.paypal.com/services/payments/payment https://uri.paypal.com/services/payments/refund",
                "access_token": token,
                "token_type": "Bearer",
                "app_id": "APP-80W284485P519543T",
                "expires_in": seconds,
                "nonce": format!("{}{}", sim.now(), sim.core.ids.hex(16)),
            }),
        )
    };
    sim.answer(Call::CreateToken, &incoming, effect).await
}

fn is_client(sim: &Sim, incoming: &Incoming) -> bool {
    let given = incoming.header("authorization").and_then(|value| value.strip_prefix("Basic "));
    let given = given.and_then(|text| STANDARD.decode(text).ok());
    given.is_some_and(|given| {
        given == format!("{}:{}", sim.account.client_id, sim.account.client_secret).into_bytes()
    })
}

fn refused(number: u16, error: &str, description: &str) -> Reply {
    Reply::plain_json(status(number), &json!({ "error": error, "error_description": description }))
}
