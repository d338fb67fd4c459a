//! The client of PayPal's API.

use std::sync::Arc;

use domain::money::Money;
use jiff::Timestamp;
use reqwest::{Method, RequestBuilder};

use super::{
    Environment,
    access_token::Tokens,
    error_response, request,
    response::{self, Order, Read},
    webhook_check::{Certificates, WebhookConfig},
};
use crate::{
    Secret,
    http::{self, Answer, CallError, Effect},
    payments::{Captured, Checkout, CheckoutRequest, DisputeSeen, PaymentSeen, Refund, path_id, refusal},
};

/// Longer than any id of theirs, which have 17 characters or, in events, up to 40.
pub(super) const MAX_ID_LENGTH: usize = 64;

#[derive(Clone, Debug)]
pub struct Config {
    /// `https://api-m.paypal.com` or `https://api-m.sandbox.paypal.com`, without a slash at the end.
    pub base_url: String,
    pub client_id: String,
    pub client_secret: Secret,
    pub environment: Environment,
    pub webhooks: WebhookConfig,
}

/// One account that collects. Clones share its access token and certificates.
#[derive(Clone, Debug)]
pub struct Client {
    pub(super) http: reqwest::Client,
    pub(super) config: Arc<Config>,
    tokens: Arc<Tokens>,
    pub(super) certificates: Arc<Certificates>,
}

impl Config {
    pub(super) fn url(&self, path: &str) -> String {
        format!("{}/{path}", self.base_url.trim_end_matches('/'))
    }
}

impl Client {
    pub fn new(http: reqwest::Client, config: Config) -> Self {
        Self { http, config: Arc::new(config), tokens: Arc::default(), certificates: Arc::default() }
    }

    /// `POST /v2/checkout/orders`. They do not let an order end at a given time: an order that was not approved ends
    /// by itself after some hours, and one that was approved takes no money unless it is captured.
    pub async fn create_checkout(
        &self,
        request: &CheckoutRequest,
        now: Timestamp,
    ) -> Result<Checkout, CallError> {
        let request_id = request::request_id(&request.idempotency_key);
        let body = request::order(request, &request_id)?;
        let call = self.write("v2/checkout/orders", &request_id).json(&body);
        response::checkout(&self.exchange(call, now, Effect::Write).await?)
    }

    /// `POST /v2/checkout/orders/{id}/capture`.
    ///
    /// # Errors
    /// `Refused` where a person must look, such as `DUPLICATE_INVOICE_ID`, or an order that has ended.
    pub async fn capture_order(
        &self,
        order_id: &str,
        now: Timestamp,
        idempotency_key: &str,
    ) -> Result<Captured, CallError> {
        let path = format!("v2/checkout/orders/{}/capture", sound(order_id)?);
        let call = self.write(&path, &request::request_id(idempotency_key)).json(&request::Nothing {});
        let answer = self.exchange(call, now, Effect::Write).await?;
        let refused = match response::order(&answer, Effect::Write, self.config.environment) {
            Ok(order) => match order.capture() {
                Some(seen) => return Ok(Captured::Payment(Box::new(seen))),
                // A short answer; the order itself says more.
                None => return self.captured_before(order_id, now).await,
            },
            Err(refused) => refused,
        };
        let CallError::Refused { status, code: Some(issue), .. } = &refused else { return Err(refused) };
        // They forget an order that nobody finished: nothing was taken, and nothing can be.
        if *status == 404 && issue == "INVALID_RESOURCE_ID" {
            return Ok(Captured::NotApproved);
        }
        // developer.paypal.com/api/rest/reference/orders/v2/errors
        match issue.as_str() {
            "ORDER_ALREADY_CAPTURED" => self.captured_before(order_id, now).await,
            "ORDER_NOT_APPROVED" | "PAYER_ACTION_REQUIRED" => Ok(Captured::NotApproved),
            "INSTRUMENT_DECLINED" | "TRANSACTION_REFUSED" | "MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED" => {
                Ok(Captured::Declined)
            }
            _ => Err(refused),
        }
    }

    /// `GET /v2/payments/captures/{id}`, and its order where a part was given back.
    pub async fn find_payment(
        &self,
        capture_id: &str,
        now: Timestamp,
    ) -> Result<Option<PaymentSeen>, CallError> {
        let Some(Read { mut seen, order_id, is_partly_refunded }) =
            self.find_capture(capture_id, now).await?
        else {
            return Ok(None);
        };
        if let (true, Some(order_id)) = (is_partly_refunded, order_id) {
            let order = self.find_order(&order_id, now).await?;
            seen.refunded_decimal = order.and_then(|order| response::given_back(&order.refunds, &seen));
        }
        Ok(Some(seen))
    }

    /// The capture of an order, once there is one.
    pub async fn find_payment_of_checkout(
        &self,
        order_id: &str,
        now: Timestamp,
    ) -> Result<Option<PaymentSeen>, CallError> {
        Ok(self.find_order(order_id, now).await?.and_then(Order::capture))
    }

    /// The captures of these orders that carry the reference. There is no search: their report of transactions is
    /// hours old and needs a permission of its own.
    pub async fn search_payments(
        &self,
        reference: &str,
        order_ids: &[&str],
        now: Timestamp,
    ) -> Result<Vec<PaymentSeen>, CallError> {
        let mut found = Vec::new();
        for order_id in order_ids {
            found.extend(self.find_order(order_id, now).await?.into_iter().flat_map(|order| order.captures));
        }
        found.retain(|seen| seen.reference.as_deref() == Some(reference));
        found.sort_by_key(|seen| std::cmp::Reverse(seen.approved_at));
        Ok(found)
    }

    /// `POST /v2/payments/captures/{id}/refund`.
    pub async fn refund(
        &self,
        capture_id: &str,
        amount: Option<Money>,
        now: Timestamp,
        idempotency_key: &str,
    ) -> Result<Refund, CallError> {
        let path = format!("v2/payments/captures/{}/refund", sound(capture_id)?);
        let call = self.write(&path, &request::request_id(idempotency_key)).json(&request::refund(amount)?);
        response::refund(&self.exchange(call, now, Effect::Write).await?)
    }

    /// Only an order lists refunds: the capture is read to learn its order.
    pub async fn list_refunds(&self, capture_id: &str, now: Timestamp) -> Result<Vec<Refund>, CallError> {
        let order_id = self.find_capture(capture_id, now).await?.and_then(|read| read.order_id);
        let order = match order_id {
            Some(order_id) => self.find_order(&order_id, now).await?,
            None => None,
        };
        let order =
            order.ok_or_else(|| refusal::not_offered("the refunds of this capture are not listed"))?;
        let is_ours = |named: Option<&str>| named.is_none_or(|named| named == capture_id);
        let refunds = order.refunds.into_iter().filter(|of| is_ours(of.capture_id.as_deref()));
        Ok(refunds.map(|of| of.refund).collect())
    }

    /// `GET /v1/customer/disputes`, and the details of one that is over: how the last dispute about a capture stands,
    /// since the capture does not show it. `None` where there is none, or where the app was not given that feature.
    pub async fn find_dispute(
        &self,
        capture_id: &str,
        now: Timestamp,
    ) -> Result<Option<DisputeSeen>, CallError> {
        let path = format!("v1/customer/disputes?disputed_transaction_id={}", sound(capture_id)?);
        let answer = self.exchange(self.call(Method::GET, &path), now, Effect::Read).await?;
        let listed = match response::disputes(&answer) {
            Err(CallError::Denied { .. } | CallError::Refused { .. }) => return Ok(None),
            listed => listed?,
        };
        let Some(last) = listed.into_iter().max_by_key(|one| one.created_at) else { return Ok(None) };
        if !last.is_over {
            return Ok(Some(DisputeSeen::Open));
        }
        let path = format!("v1/customer/disputes/{}", sound(&last.id)?);
        let answer = self.exchange(self.call(Method::GET, &path), now, Effect::Read).await?;
        // Words that we do not know leave it open, for a person.
        Ok(Some(response::dispute_end(&answer)?.map_or(DisputeSeen::Open, DisputeSeen::Over)))
    }

    async fn captured_before(&self, order_id: &str, now: Timestamp) -> Result<Captured, CallError> {
        match self.find_payment_of_checkout(order_id, now).await? {
            Some(seen) => Ok(Captured::Payment(Box::new(seen))),
            None => Err(CallError::lost(Effect::Write, "the order is captured but shows no capture")),
        }
    }

    async fn find_capture(&self, capture_id: &str, now: Timestamp) -> Result<Option<Read>, CallError> {
        let path = format!("v2/payments/captures/{}", sound(capture_id)?);
        let answer = self.exchange(self.call(Method::GET, &path), now, Effect::Read).await?;
        response::capture(&answer, capture_id, self.config.environment)
    }

    async fn find_order(&self, order_id: &str, now: Timestamp) -> Result<Option<Order>, CallError> {
        let path = format!("v2/checkout/orders/{}", sound(order_id)?);
        let answer = self.exchange(self.call(Method::GET, &path), now, Effect::Read).await?;
        match response::order(&answer, Effect::Read, self.config.environment) {
            Err(CallError::Refused { status: 404, .. }) => Ok(None),
            order => order.map(Some),
        }
    }

    pub(super) fn call(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, self.config.url(path))
    }

    fn write(&self, path: &str, request_id: &str) -> RequestBuilder {
        let call = self.call(Method::POST, path).header("PayPal-Request-Id", request_id);
        call.header("Prefer", "return=representation")
    }

    /// Sends with a token; once more with a new one, where they no longer know the one we had kept.
    pub(super) async fn exchange(
        &self,
        call: RequestBuilder,
        now: Timestamp,
        effect: Effect,
    ) -> Result<Answer, CallError> {
        let again = call.try_clone();
        let given = self.tokens.get(&self.http, &self.config, now).await?;
        let answer = http::exchange(call.bearer_auth(given.token.expose()), effect).await?;
        let is_denied =
            matches!(error_response::fields(&answer, effect), Err(CallError::Denied { status: 401, .. }));
        let Some(again) = again.filter(|_| is_denied) else { return Ok(answer) };
        self.tokens.forget(&given.token).await;
        if given.is_new {
            return Ok(answer);
        }
        let given = self.tokens.get(&self.http, &self.config, now).await?;
        http::exchange(again.bearer_auth(given.token.expose()), effect).await
    }
}

fn sound(id: &str) -> Result<&str, CallError> {
    path_id::sound(id, MAX_ID_LENGTH)
}
