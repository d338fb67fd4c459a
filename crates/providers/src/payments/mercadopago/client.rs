//! The client of Mercado Pago's API.

use domain::money::Money;
use jiff::Timestamp;
use reqwest::{Method, RequestBuilder};
use serde::Serialize;

use super::{path_id::sound, request, response};
use crate::{
    Secret,
    http::{self, Answer, CallError, Effect},
    payments::{Checkout, CheckoutRequest, PaymentSeen, Refund},
};

/// How many pages of fifty a search reads: far more payments than one stay can have.
const MAX_PAGES: usize = 10;
const PAGE_SIZE: usize = 50;

#[derive(Clone, Debug)]
pub struct Config {
    /// `https://api.mercadopago.com`, without a slash at the end.
    pub base_url: String,
    pub access_token: Secret,
    pub mode: Mode,
}

/// Which of the two addresses of a checkout a guest is sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Live,
    /// `sandbox_init_point`, for the old kind of test credentials, which begin with `TEST-`.
    Sandbox,
}

/// One account that collects.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    config: Config,
}

impl Client {
    pub fn new(http: reqwest::Client, config: Config) -> Self {
        Self { http, config }
    }

    /// `POST /checkout/preferences`.
    pub async fn create_checkout(&self, request: &CheckoutRequest) -> Result<Checkout, CallError> {
        let call = self.write(Method::POST, "checkout/preferences", &request.idempotency_key);
        let answer = exchange_json(call, &request::preference(request)).await?;
        response::checkout(&answer, self.config.mode, request.expires_at)
    }

    /// `PUT /checkout/preferences/{id}`.
    pub async fn update_checkout_expiry(
        &self,
        provider_id: &str,
        expires_at: Timestamp,
        idempotency_key: &str,
    ) -> Result<(), CallError> {
        let path = format!("checkout/preferences/{}", sound(provider_id)?);
        let call = self.write(Method::PUT, &path, idempotency_key);
        let answer = exchange_json(call, &request::expiry(expires_at)).await?;
        response::fields(&answer, Effect::Write).map(|_echo| ())
    }

    /// `GET /v1/payments/{id}`.
    pub async fn find_payment(&self, payment_id: &str) -> Result<Option<PaymentSeen>, CallError> {
        let path = format!("v1/payments/{}", sound(payment_id)?);
        let answer = http::exchange(self.call(Method::GET, &path), Effect::Read).await?;
        response::payment(&answer, payment_id)
    }

    /// `GET /v1/payments/search`, newest first.
    pub async fn search_payments(&self, reference: &str) -> Result<Vec<PaymentSeen>, CallError> {
        let mut found = Vec::new();
        for page in 0..MAX_PAGES {
            let (limit, offset) = (PAGE_SIZE.to_string(), (page * PAGE_SIZE).to_string());
            let query = [
                ("external_reference", reference),
                ("sort", "date_created"),
                ("criteria", "desc"),
                ("limit", &limit),
                ("offset", &offset),
            ];
            let call = self.call(Method::GET, "v1/payments/search").query(&query);
            let results = response::page(&http::exchange(call, Effect::Read).await?)?;
            let is_ours = |seen: &PaymentSeen| seen.reference.as_deref() == Some(reference);
            found.extend(results.payments.into_iter().filter(is_ours));
            if results.size < PAGE_SIZE {
                break;
            }
        }
        Ok(found)
    }

    /// `POST /v1/payments/{id}/refunds`.
    pub async fn refund(
        &self,
        payment_id: &str,
        amount: Option<Money>,
        idempotency_key: &str,
    ) -> Result<Refund, CallError> {
        let path = format!("v1/payments/{}/refunds", sound(payment_id)?);
        let call = self.write(Method::POST, &path, idempotency_key);
        response::refund(&exchange_json(call, &request::refund(amount)).await?)
    }

    /// `GET /v1/payments/{id}/refunds`.
    pub async fn list_refunds(&self, payment_id: &str) -> Result<Vec<Refund>, CallError> {
        let path = format!("v1/payments/{}/refunds", sound(payment_id)?);
        response::refunds(&http::exchange(self.call(Method::GET, &path), Effect::Read).await?)
    }

    /// `PUT /v1/payments/{id}`.
    pub async fn cancel_payment(&self, payment_id: &str, idempotency_key: &str) -> Result<(), CallError> {
        let path = format!("v1/payments/{}", sound(payment_id)?);
        let call = self.write(Method::PUT, &path, idempotency_key);
        let answer = exchange_json(call, &request::cancel()).await?;
        response::fields(&answer, Effect::Write).map(|_echo| ())
    }

    fn call(&self, method: Method, path: &str) -> RequestBuilder {
        let url = format!("{}/{path}", self.config.base_url.trim_end_matches('/'));
        self.http.request(method, url).bearer_auth(self.config.access_token.expose())
    }

    /// Their SDK sends the key with everything but GET; payments and refunds are refused without it.
    fn write(&self, method: Method, path: &str, idempotency_key: &str) -> RequestBuilder {
        self.call(method, path).header("X-Idempotency-Key", idempotency_key)
    }
}

async fn exchange_json(call: RequestBuilder, body: &impl Serialize) -> Result<Answer, CallError> {
    http::exchange(call.json(body), Effect::Write).await
}
