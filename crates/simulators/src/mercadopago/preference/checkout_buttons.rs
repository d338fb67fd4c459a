//! What the buttons of the checkout page do: the buyer chooses an outcome and goes back to the shop.

use std::sync::Arc;

use axum::{
    Form,
    extract::{Query, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use reqwest::Url;
use serde::{Deserialize, Serialize};

use super::{Preference, checkout_page};
use crate::mercadopago::{
    PaymentChange, PaymentStatus,
    account::Sim,
    payment::{Payment, make_payment},
};

/// What the buyer does on the checkout page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Pays by card.
    Approved,
    /// Takes a coupon, to be paid in cash later.
    Pending,
    /// Is refused by the bank.
    Rejected,
    /// Pays by card, and Mercado Pago looks into it.
    InProcess,
    /// Pays half, which the real page does not offer.
    Short,
    /// Goes back without paying.
    Abandoned,
}

#[derive(Deserialize)]
pub(crate) struct Visit {
    pref_id: String,
}

/// `GET /checkout/v1/redirect?pref_id=…`: the page behind `init_point`.
pub(crate) async fn show(State(sim): State<Arc<Sim>>, Query(visit): Query<Visit>) -> Response {
    let state = sim.state();
    let Some(preference) = state.find_preference(&visit.pref_id) else { return missing() };
    if !preference.is_open(sim.now()) {
        return expired(preference);
    }
    let is_paid =
        state.model.payments.values().any(|payment| {
            payment.preference_id == preference.id && payment.status == PaymentStatus::Approved
        });
    Html(checkout_page::checkout(preference, &state.settings.public_base_url, is_paid)).into_response()
}

#[derive(Deserialize)]
pub(crate) struct Pay {
    pref_id: String,
    outcome: Outcome,
}

/// `POST /checkout/pay`: what the buttons of the page do.
pub(crate) async fn pay(State(sim): State<Arc<Sim>>, Form(pay): Form<Pay>) -> Response {
    let mut state = sim.state();
    let Some(preference) = state.find_preference(&pay.pref_id).cloned() else { return missing() };
    if pay.outcome == Outcome::Abandoned {
        return go_back(&preference, None);
    }
    // The page may have been open since before the preference expired.
    if !preference.is_open(sim.now()) {
        return expired(&preference);
    }
    let status = match pay.outcome {
        Outcome::Approved | Outcome::Short | Outcome::Abandoned => PaymentStatus::Approved,
        Outcome::Rejected => PaymentStatus::Rejected,
        // In binary mode there is nothing between yes and no.
        Outcome::Pending if !preference.takes_cash() => PaymentStatus::Rejected,
        Outcome::InProcess if preference.value["binary_mode"] == true => PaymentStatus::Rejected,
        Outcome::Pending => PaymentStatus::Pending,
        Outcome::InProcess => PaymentStatus::InProcess,
    };
    let amount = (pay.outcome == Outcome::Short).then(|| preference.total().half());
    let change = PaymentChange { status, status_detail: None, amount };
    let payment = make_payment::start(&sim, &mut state, &preference, change, None);
    go_back(&preference, Some(&payment))
}

/// To the shop, with the query that Mercado Pago adds; to a page of its own when the shop gave no address.
fn go_back(preference: &Preference, payment: Option<&Payment>) -> Response {
    let name = match payment.map(|payment| &payment.status) {
        Some(PaymentStatus::Approved) => "success",
        Some(PaymentStatus::Pending | PaymentStatus::InProcess) => "pending",
        _ => "failure",
    };
    let url = preference.back_url(name).and_then(|url| Url::parse(url).ok());
    let Some(mut url) = url else { return Html(checkout_page::result(payment)).into_response() };
    // Without a payment the values are the word null, as on the real page.
    let id = payment.map_or_else(|| "null".to_owned(), |payment| payment.id.to_string());
    let status = payment.map_or("null", |payment| payment.status.as_str());
    let kind = payment.map_or("null", |payment| payment.method().1);
    let order = payment.map_or_else(|| "null".to_owned(), |payment| payment.order_id.to_string());
    url.query_pairs_mut()
        .append_pair("collection_id", &id)
        .append_pair("collection_status", status)
        .append_pair("payment_id", &id)
        .append_pair("status", status)
        .append_pair("external_reference", preference.text("external_reference").unwrap_or("null"))
        .append_pair("payment_type", kind)
        .append_pair("merchant_order_id", &order)
        .append_pair("preference_id", &preference.id)
        .append_pair("site_id", preference.text("site_id").unwrap_or("MLA"))
        .append_pair("processing_mode", "aggregator")
        .append_pair("merchant_account_id", "null");
    Redirect::to(url.as_str()).into_response()
}

fn missing() -> Response {
    (StatusCode::NOT_FOUND, Html(checkout_page::missing())).into_response()
}

fn expired(preference: &Preference) -> Response {
    (StatusCode::GONE, Html(checkout_page::expired(preference))).into_response()
}
