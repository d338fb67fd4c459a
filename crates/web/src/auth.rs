//! Who asks: staff, or a guest with a token.

use std::sync::Arc;

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, Method, header, request::Parts},
};
use domain::{
    staff::{Scope, Who},
    stay::Stay,
};
use kernel::settings::Secret;
use kernel::{
    App,
    api_keys::{self, Caller},
};
use subtle::ConstantTimeEq as _;

use crate::{problem::Problem, query_string::Query};

/// Somebody of the staff, or a program with a key. Asking for it in a handler's arguments is the check: to see takes the
/// scope `read`, to change `write`.
#[derive(Clone, Copy)]
pub struct Staff(pub Who);

/// The same for what moves money: to change takes the scope `money`.
#[derive(Clone, Copy)]
pub struct Cashier(pub Who);

/// Staff or not: for answers that show more to staff.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Viewer {
    Staff(Who),
    Public,
}

impl Viewer {
    pub fn is_staff(self) -> bool {
        matches!(self, Self::Staff(_))
    }
}

impl FromRequestParts<Arc<App>> for Staff {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Problem> {
        require(parts, app, Scope::Write).await.map(Self)
    }
}

impl FromRequestParts<Arc<App>> for Cashier {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Problem> {
        require(parts, app, Scope::Money).await.map(Self)
    }
}

async fn require(parts: &Parts, app: &App, to_change: Scope) -> Result<Who, Problem> {
    let token = bearer(&parts.headers).ok_or_else(Problem::unauthorized)?;
    let caller = find_caller(app, token).await?.ok_or_else(Problem::forbidden)?;
    let needed = needed(&parts.method, to_change);
    if caller.scopes.allow(needed) { Ok(caller.who) } else { Err(Problem::scope_missing(needed)) }
}

fn needed(method: &Method, to_change: Scope) -> Scope {
    if matches!(*method, Method::GET | Method::HEAD) { Scope::Read } else { to_change }
}

impl FromRequestParts<Arc<App>> for Viewer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Problem> {
        let Some(token) = bearer(&parts.headers) else { return Ok(Self::Public) };
        let needed = needed(&parts.method, Scope::Write);
        let caller = find_caller(app, token).await?.filter(|caller| caller.scopes.allow(needed));
        Ok(caller.map_or(Self::Public, |caller| Self::Staff(caller.who)))
    }
}

/// The tokens that a request carries. One in the address is a guest's link: addresses end up in logs and
/// histories, so a key of staff there opens nothing.
pub struct Tokens {
    staff: Option<Who>,
    header: Option<String>,
    address: Option<String>,
}

impl FromRequestParts<Arc<App>> for Tokens {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Problem> {
        let viewer = Viewer::from_request_parts(parts, app).await?;
        let address = Query::of(&parts.uri).get("token").map(str::to_owned);
        Ok(Self {
            staff: match viewer {
                Viewer::Staff(who) => Some(who),
                Viewer::Public => None,
            },
            header: bearer(&parts.headers).map(str::to_owned),
            address,
        })
    }
}

impl Tokens {
    pub fn is_empty(&self) -> bool {
        self.header.is_none() && self.address.is_none()
    }
}

/// Whether these tokens open this stay, and as whom. A stranger learns nothing, not even that it exists.
pub fn may_touch(tokens: &Tokens, stay: Option<Stay>) -> Result<(Stay, Viewer), Problem> {
    if tokens.is_empty() {
        return Err(Problem::unauthorized());
    }
    let stranger = || Problem::not_found("there is no such reservation");
    let stay = stay.ok_or_else(stranger)?;
    if let Some(who) = tokens.staff {
        return Ok((stay, Viewer::Staff(who)));
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

/// Whose key this is: the one of the settings, or one that was made.
async fn find_caller(app: &App, token: &str) -> Result<Option<Caller>, Problem> {
    if is_secret(Some(token), &app.settings.security.api_token) {
        return Ok(Some(Caller::SETTINGS_KEY));
    }
    Ok(api_keys::find_caller(app, token).await?)
}

fn same(left: &str, right: &str) -> bool {
    left.as_bytes().ct_eq(right.as_bytes()).into()
}
