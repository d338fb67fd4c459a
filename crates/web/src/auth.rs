//! Who asks: staff, or a guest with a token.

use std::sync::Arc;

use app::{App, config::Secret};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use domain::stay::Stay;
use subtle::ConstantTimeEq as _;

use crate::{problem::Problem, query::Query};

/// Somebody who holds the staff token. Asking for it in a handler's arguments is the check.
pub struct Staff;

/// Staff or not: for answers that show more to staff.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Viewer {
    Staff,
    Public,
}

impl FromRequestParts<Arc<App>> for Staff {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Problem> {
        match bearer(&parts.headers) {
            None => Err(Problem::unauthorized()),
            Some(token) if is_staff(app, token) => Ok(Self),
            Some(_) => Err(Problem::forbidden()),
        }
    }
}

impl FromRequestParts<Arc<App>> for Viewer {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Self::Rejection> {
        let staff = bearer(&parts.headers).is_some_and(|token| is_staff(app, token));
        Ok(if staff { Self::Staff } else { Self::Public })
    }
}

/// The tokens that a request carries. One in the address is a guest's link: addresses end up in logs and
/// histories, so a staff token there opens nothing.
pub struct Tokens {
    header: Option<String>,
    address: Option<String>,
}

impl<S: Send + Sync> FromRequestParts<S> for Tokens {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        let address = Query::of(&parts.uri).get("token").map(str::to_owned);
        Ok(Self { header: bearer(&parts.headers).map(str::to_owned), address })
    }
}

impl Tokens {
    pub fn is_empty(&self) -> bool {
        self.header.is_none() && self.address.is_none()
    }
}

/// Whether these tokens open this stay, and as whom. A stranger learns nothing, not even that it exists.
pub fn may_touch(app: &App, tokens: &Tokens, stay: Option<Stay>) -> Result<(Stay, Viewer), Problem> {
    if tokens.is_empty() {
        return Err(Problem::unauthorized());
    }
    let stranger = || Problem::not_found("there is no such reservation");
    let stay = stay.ok_or_else(stranger)?;
    if tokens.header.as_deref().is_some_and(|token| is_staff(app, token)) {
        return Ok((stay, Viewer::Staff));
    }
    let mut given = [&tokens.header, &tokens.address].into_iter().flatten();
    if given.any(|token| same(token, &stay.terms().token)) {
        return Ok((stay, Viewer::Public));
    }
    Err(stranger())
}

pub fn is_secret(given: Option<&str>, secret: &Secret) -> bool {
    match (given, secret.given()) {
        (Some(given), Some(secret)) => same(given, secret),
        _ => false,
    }
}

pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim()).filter(|token| !token.is_empty())
}

fn is_staff(app: &App, token: &str) -> bool {
    is_secret(Some(token), &app.config.security.api_token)
}

fn same(left: &str, right: &str) -> bool {
    left.as_bytes().ct_eq(right.as_bytes()).into()
}
