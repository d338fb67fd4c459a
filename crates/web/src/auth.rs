//! Who asks: staff, or a guest with a token.

use std::sync::Arc;

use app::{App, config::Secret};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use domain::stay::Stay;
use subtle::ConstantTimeEq as _;

use crate::problem::Problem;

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

/// The token a request carries, if any: in the header, or for links in the query.
pub struct Bearer(pub Option<String>);

impl<S: Send + Sync> FromRequestParts<S> for Bearer {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        let query = parts.uri.query().unwrap_or_default();
        let from_query = query.split('&').find_map(|pair| pair.strip_prefix("token="));
        Ok(Self(bearer(&parts.headers).or(from_query).map(str::to_owned)))
    }
}

/// Whether this token may see and change this stay, and as whom. A stranger learns nothing, not even that it exists.
pub fn may_touch(app: &App, token: Option<&str>, stay: Option<Stay>) -> Result<(Stay, Viewer), Problem> {
    let token = token.ok_or_else(Problem::unauthorized)?;
    let stranger = || Problem::not_found("there is no such reservation");
    if is_staff(app, token) {
        return stay.map(|stay| (stay, Viewer::Staff)).ok_or_else(stranger);
    }
    match stay {
        Some(stay) if same(token, &stay.terms().token) => Ok((stay, Viewer::Public)),
        _ => Err(stranger()),
    }
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
