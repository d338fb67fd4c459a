//! Notifications: signed webhooks and old IPN copies.

use std::sync::Arc;

use reqwest::Url;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    NotificationStyle, TsUnit,
    account::{AccountState, Sim},
    payment::Payment,
};
use crate::{
    core::{Delivery, Headers, skewed},
    extra_fields, webhook_signatures,
};

/// The header that carries the signature of a notification.
pub(crate) const SIGNATURE_HEADER: &str = "x-signature";

/// Any notification, for topics other than payments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notification {
    /// `payment`, `order`, `topic_chargebacks_wh`, …
    pub topic: String,
    /// Such as `payment.updated`.
    pub action: String,
    /// What it is about, as it stands in the query.
    pub data_id: String,
    /// The signature is made over the lower-cased id, as the documents say and the SDKs deny.
    #[serde(default)]
    pub sign_lower_case: bool,
    /// Where it goes; the fallback address when absent.
    #[serde(default)]
    pub url: Option<String>,
}

/// Tells of a new payment, by one notification or two.
pub(crate) fn created(sim: &Sim, state: &AccountState, payment: &Payment) {
    let style = &state.settings.notifications;
    let actions: &[&str] = match (style.pairs, style.updated_first) {
        (false, _) => &["payment.created"],
        (true, false) => &["payment.created", "payment.updated"],
        (true, true) => &["payment.updated", "payment.created"],
    };
    for action in actions {
        about_payment(sim, state, payment, action);
    }
}

/// Tells of a change.
pub(crate) fn updated(sim: &Sim, state: &AccountState, payment: &Payment) {
    about_payment(sim, state, payment, "payment.updated");
}

/// Sends any notification. False when there is no address for it.
pub(crate) fn send(sim: &Sim, state: &AccountState, notification: &Notification) -> bool {
    let Some(url) = notification.url.as_ref().or(state.settings.webhook_url.as_ref()) else { return false };
    webhook(sim, state, notification, url, true);
    true
}

fn about_payment(sim: &Sim, state: &AccountState, payment: &Payment, action: &str) {
    let url = payment.notification_url.as_ref().or(state.settings.webhook_url.as_ref());
    let Some(url) = url.filter(|_| !payment.silent) else { return };
    // Mercado Pago's way to ask for the old kind alone is a parameter of the address.
    let wants_ipn = url.contains("source_news=ipn");
    if !wants_ipn {
        let notification = Notification {
            topic: "payment".to_owned(),
            action: action.to_owned(),
            data_id: payment.id.to_string(),
            sign_lower_case: false,
            url: None,
        };
        webhook(sim, state, &notification, url, payment.live_mode);
    }
    if wants_ipn || state.settings.notifications.ipn_copies {
        ipn(sim, url, &payment.id.to_string());
    }
}

fn webhook(sim: &Sim, state: &AccountState, notification: &Notification, url: &str, live_mode: bool) {
    let style = &state.settings.notifications;
    let skew_seconds = state.settings.clock_skew_seconds;
    let at = skewed(sim.now(), skew_seconds);
    let data_id = match notification.data_id.parse::<u64>() {
        Ok(number) if style.data_id_as_number => json!(number),
        _ => json!(notification.data_id),
    };
    let mut body = json!({
        "action": notification.action,
        "api_version": "v1",
        "data": { "id": data_id },
        "date_created": at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        "id": number_or_string(sim.core.ids.number(), style.id_as_string),
        "live_mode": live_mode,
        "type": notification.topic,
        "user_id": number_or_string(sim.account.collector_id, style.user_id_as_string),
    });
    if state.settings.payloads.unknown_fields {
        extra_fields::add(&mut body);
    }
    sim.webhooks.send(Delivery {
        ordering_key: notification.data_id.clone(),
        url: with_query(url, &[("data.id", &notification.data_id), ("type", &notification.topic)]),
        what: notification.action.clone(),
        subject: notification.data_id.clone(),
        body: body.to_string().into_bytes(),
        headers: headers(sim, style, notification, skew_seconds),
    });
}

/// The old kind: no signature, other names in the query.
fn ipn(sim: &Sim, url: &str, id: &str) {
    let body = json!({ "resource": id, "topic": "payment" });
    sim.webhooks.send(Delivery {
        ordering_key: id.to_owned(),
        url: with_query(url, &[("topic", "payment"), ("id", id)]),
        what: "ipn payment".to_owned(),
        subject: id.to_owned(),
        body: body.to_string().into_bytes(),
        headers: Arc::new(|_, _| vec![("user-agent", "MercadoPago Feed v2.0 payment".to_owned())]),
    });
}

/// The headers of one attempt. The request id stays, the time of signing does not: what Mercado Pago does is not known.
fn headers(sim: &Sim, style: &NotificationStyle, notification: &Notification, skew_seconds: i64) -> Headers {
    let clock = Arc::clone(&sim.core.clock);
    let request_id = sim.core.ids.uuid();
    let (unit, is_signed) = (style.ts, style.signed);
    let signed_id = match notification.sign_lower_case {
        true => notification.data_id.to_lowercase(),
        false => notification.data_id.clone(),
    };
    Arc::new(move |secrets, _| {
        let at = skewed(clock(), skew_seconds);
        let ts = match unit {
            TsUnit::Seconds => at.as_second().to_string(),
            TsUnit::Milliseconds => at.as_millisecond().to_string(),
        };
        let mut headers = vec![
            ("x-request-id", request_id.clone()),
            ("user-agent", "MercadoPago WebHook v1.0 payment".to_owned()),
        ];
        if is_signed {
            let manifest = webhook_signatures::mercadopago_manifest(Some(&signed_id), Some(&request_id), &ts);
            headers.push((
                SIGNATURE_HEADER,
                webhook_signatures::mercadopago_signature(&secrets.newest, &manifest, &ts),
            ));
        }
        headers
    })
}

fn with_query(url: &str, pairs: &[(&str, &str)]) -> String {
    match Url::parse(url) {
        Ok(mut url) => {
            url.query_pairs_mut().extend_pairs(pairs);
            url.into()
        }
        // The dispatcher will log why this cannot be reached.
        Err(_) => url.to_owned(),
    }
}

fn number_or_string(number: u64, as_string: bool) -> Value {
    if as_string { json!(number.to_string()) } else { json!(number) }
}
