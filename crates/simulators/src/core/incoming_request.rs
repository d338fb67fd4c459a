//! A call before anything in it has been understood, whatever its body is.

use std::convert::Infallible;

use axum::{
    body::Bytes,
    extract::{ConnectInfo, FromRequest, FromRequestParts, Query, RawPathParams, Request},
    http::{HeaderMap, Method, header},
};
use serde::de::DeserializeOwned;

use super::cuttable_connection::Connection;

/// A call before anything in it has been understood. Taking it never fails: what is wrong is said in the vendor's words.
pub struct Incoming {
    pub(crate) connection: Connection,
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) query: String,
    /// What stands in the path where its route has a name.
    params: Vec<(String, String)>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Incoming {
    /// A header that is text and not empty.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok()).filter(|value| !value.is_empty())
    }

    /// What stands in the path under this name of its route.
    pub(crate) fn param(&self, name: &str) -> &str {
        let mut params = self.params.iter();
        params.find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// The query, where it is a form without brackets.
    pub(crate) fn query<T: DeserializeOwned>(&self) -> Option<T> {
        let uri = format!("/?{}", self.query).parse().ok()?;
        Query::try_from_uri(&uri).ok().map(|Query(query)| query)
    }

    /// The body, where it is JSON.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> serde_json::Result<T> {
        serde_json::from_slice(&self.body)
    }

    /// What the caller presents to be let in.
    pub(crate) fn bearer(&self) -> Option<&str> {
        self.header(header::AUTHORIZATION.as_str())?.strip_prefix("Bearer ")
    }
}

impl<S: Send + Sync> FromRequest<S> for Incoming {
    type Rejection = Infallible;

    async fn from_request(request: Request, state: &S) -> Result<Self, Infallible> {
        let (mut parts, body) = request.into_parts();
        let connection = ConnectInfo::<Connection>::from_request_parts(&mut parts, state).await;
        let connection = connection.map(|ConnectInfo(connection)| connection).unwrap_or_default();
        // A route without names has no parameters, which the framework takes for an error.
        let params = RawPathParams::from_request_parts(&mut parts, state).await;
        let params =
            params.iter().flatten().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let path = parts.uri.path().to_owned();
        let query = parts.uri.query().unwrap_or_default().to_owned();
        let (method, headers) = (parts.method.clone(), parts.headers.clone());
        let body = Bytes::from_request(Request::from_parts(parts, body), state).await.unwrap_or_default();
        Ok(Self { connection, method, path, query, params, headers, body })
    }
}
