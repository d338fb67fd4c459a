//! The client of Stripe's API.

use std::collections::BTreeSet;

use domain::money::Money;
use jiff::Timestamp;
use reqwest::{Method, RequestBuilder};

use super::{
    error_response,
    request::{self, Form},
    response::{self, Session, SessionStatus},
};
use crate::{
    Secret,
    http::{self, Answer, CallError, Effect},
    payments::{Checkout, CheckoutRequest, Expired, PaymentSeen, PaymentStatus, Refund, path_id},
};

/// The shapes that this client was written to; without it the account's default decides, which may be years old.
const API_VERSION: &str = "2025-10-29.clover";
/// docs.stripe.com/upgrades: "your code should be able to handle object IDs of up to 255 characters".
pub(super) const MAX_ID_LENGTH: usize = 255;
/// How many pages of a hundred a search reads: far more payments than one stay can have.
const MAX_PAGES: usize = 5;

#[derive(Clone, Debug)]
pub struct Config {
    /// `https://api.stripe.com`, without a slash at the end.
    pub base_url: String,
    /// `sk_…`, or a restricted key that may write Checkout Sessions and refunds and read PaymentIntents and disputes.
    pub secret_key: Secret,
    /// `acct_…`, shown as the collector of every payment. The key belongs to one account, so this is no check.
    pub account_id: Option<String>,
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

    /// `POST /v1/checkout/sessions`.
    ///
    /// A page lives half an hour at least, so the end that is asked for may be moved, by a time that depends on
    /// `now`. The same key with another end would be refused: then the end becomes part of the key, and a page whose
    /// answer was lost stays behind without anybody who knows its address.
    pub async fn create_checkout(
        &self,
        request: &CheckoutRequest,
        now: Timestamp,
    ) -> Result<Checkout, CallError> {
        let expires_at = request::allowed_end(request.expires_at, now);
        let key = if expires_at == request.expires_at {
            request.idempotency_key.clone()
        } else {
            format!("{}:{}", request.idempotency_key, expires_at.as_second())
        };
        let form = request::session(request, expires_at);
        response::checkout(&self.write("checkout/sessions", &form, &key).await?, expires_at)
    }

    /// `POST /v1/checkout/sessions/{id}/expire`. It works on open pages only; for others, what the page says decides.
    pub async fn expire_checkout(
        &self,
        session_id: &str,
        idempotency_key: &str,
    ) -> Result<Expired, CallError> {
        let path = format!("checkout/sessions/{}/expire", sound(session_id)?);
        let refused = match error_response::fields(
            &self.write(&path, &Form::new(), idempotency_key).await?,
            Effect::Write,
        ) {
            Ok(_session) => return Ok(Expired::Closed),
            Err(refused @ CallError::Refused { .. }) => refused,
            Err(error) => return Err(error),
        };
        match self.find_session(session_id).await? {
            Some(Session { status: SessionStatus::Complete, payment_id, .. }) => {
                Ok(Expired::AlreadyPaid { payment_id })
            }
            Some(Session { status: SessionStatus::Expired, .. }) => Ok(Expired::Closed),
            _ => Err(refused),
        }
    }

    /// `GET /v1/checkout/sessions/{id}`.
    pub async fn find_session(&self, session_id: &str) -> Result<Option<Session>, CallError> {
        let path = format!("checkout/sessions/{}", sound(session_id)?);
        let answer = self.read(&path, &[]).await?;
        match response::session(&answer, Effect::Read) {
            Err(CallError::Refused { status: 404, .. }) => Ok(None),
            session => session.map(Some),
        }
    }

    /// The payment of a page, once somebody has begun to pay.
    pub async fn find_payment_of_checkout(&self, session_id: &str) -> Result<Option<PaymentSeen>, CallError> {
        match self.find_session(session_id).await?.and_then(|session| session.payment_id) {
            Some(payment_id) => self.find_payment(&payment_id).await,
            None => Ok(None),
        }
    }

    /// `GET /v1/payment_intents/{id}`, and its disputes where it has any.
    pub async fn find_payment(&self, payment_id: &str) -> Result<Option<PaymentSeen>, CallError> {
        let path = format!("payment_intents/{}", sound(payment_id)?);
        let answer = self.read(&path, &[("expand[]", "latest_charge")]).await?;
        let Some(read) = response::payment(&answer, payment_id, self.account_id())? else { return Ok(None) };
        let mut seen = read.seen;
        if read.disputed {
            let query = [("payment_intent", payment_id), ("limit", "100")];
            let status = match response::dispute(&self.read("disputes", &query).await?) {
                // That there is a dispute is known; how it stands, the next look may tell.
                Err(CallError::Refused { .. }) => Some(PaymentStatus::InMediation),
                status => status?,
            };
            seen.status = status.unwrap_or(seen.status);
        }
        Ok(Some(seen))
    }

    /// The payments of the pages, and what `GET /v1/payment_intents/search` finds besides; newest first.
    ///
    /// docs.stripe.com/search#data-freshness: the search lags, and is not offered in every country.
    pub async fn search_payments(
        &self,
        reference: &str,
        session_ids: &[&str],
    ) -> Result<Vec<PaymentSeen>, CallError> {
        let mut found = Vec::new();
        for session_id in session_ids {
            found.extend(self.find_payment_of_checkout(session_id).await?);
        }
        match self.search(reference).await {
            Ok(payments) => found.extend(payments),
            Err(CallError::Refused { .. }) if !session_ids.is_empty() => {}
            Err(error) => return Err(error),
        }
        found.retain(|seen| seen.reference.as_deref() == Some(reference));
        let mut known = BTreeSet::new();
        found.retain(|seen| known.insert(seen.id.clone()));
        found.sort_by_key(|seen| std::cmp::Reverse(seen.approved_at));
        Ok(found)
    }

    /// `POST /v1/refunds`.
    pub async fn refund(
        &self,
        payment_id: &str,
        amount: Option<Money>,
        idempotency_key: &str,
    ) -> Result<Refund, CallError> {
        let form = request::refund(sound(payment_id)?, amount);
        response::refund(&self.write("refunds", &form, idempotency_key).await?)
    }

    /// `GET /v1/refunds`.
    pub async fn list_refunds(&self, payment_id: &str) -> Result<Vec<Refund>, CallError> {
        let query = [("payment_intent", sound(payment_id)?), ("limit", "100")];
        response::refunds(&self.read("refunds", &query).await?)
    }

    /// `POST /v1/payment_intents/{id}/cancel`. They refuse it while a page owns the payment.
    pub async fn cancel_payment(&self, payment_id: &str, idempotency_key: &str) -> Result<(), CallError> {
        let path = format!("payment_intents/{}/cancel", sound(payment_id)?);
        let answer = self.write(&path, &Form::new(), idempotency_key).await?;
        error_response::fields(&answer, Effect::Write).map(|_echo| ())
    }

    async fn search(&self, reference: &str) -> Result<Vec<PaymentSeen>, CallError> {
        let text = request::search(reference);
        let (mut found, mut next) = (Vec::new(), None);
        for _page in 0..MAX_PAGES {
            let mut query =
                vec![("query", text.as_str()), ("limit", "100"), ("expand[]", "data.latest_charge")];
            query.extend(next.as_deref().map(|next| ("page", next)));
            let page =
                response::page(&self.read("payment_intents/search", &query).await?, self.account_id())?;
            found.extend(page.payments);
            let Some(following) = page.next else { break };
            next = Some(following);
        }
        Ok(found)
    }

    fn account_id(&self) -> Option<&str> {
        self.config.account_id.as_deref()
    }

    async fn read(&self, path: &str, query: &[(&str, &str)]) -> Result<Answer, CallError> {
        http::exchange(self.call(Method::GET, path).query(query), Effect::Read).await
    }

    async fn write(&self, path: &str, form: &Form, idempotency_key: &str) -> Result<Answer, CallError> {
        let call = self.call(Method::POST, path).header("Idempotency-Key", idempotency_key);
        http::exchange(call.form(form), Effect::Write).await
    }

    fn call(&self, method: Method, path: &str) -> RequestBuilder {
        let url = format!("{}/v1/{path}", self.config.base_url.trim_end_matches('/'));
        let call = self.http.request(method, url).bearer_auth(self.config.secret_key.expose());
        call.header("Stripe-Version", API_VERSION)
    }
}

fn sound(id: &str) -> Result<&str, CallError> {
    path_id::sound(id, MAX_ID_LENGTH)
}
