//! How a vendor writes its errors, also those that a test asks for.

use serde_json::{Value, json};

use super::Reply;

/// An error that a test asks for.
pub struct PlannedError<'a> {
    pub(crate) code: ErrorCode<'a>,
    /// The vendor's usual one for the code unless given.
    pub(crate) http_status: Option<u16>,
    pub(crate) details: Option<&'a str>,
}

/// What the error is called. Some vendors have numbers, some have names.
#[derive(Clone, Copy)]
pub enum ErrorCode<'a> {
    Number(i64),
    /// A number that some proxy has made a text of.
    NumberAsText(i64),
    Name(&'a str),
}

impl PlannedError<'_> {
    /// For a vendor that has names.
    pub(crate) fn name(&self) -> String {
        match self.code {
            ErrorCode::Number(code) | ErrorCode::NumberAsText(code) => code.to_string(),
            ErrorCode::Name(name) => name.to_owned(),
        }
    }

    /// For a vendor that has numbers, which takes a name for a text.
    pub(crate) fn number(&self) -> i64 {
        match self.code {
            ErrorCode::Number(code) | ErrorCode::NumberAsText(code) => code,
            ErrorCode::Name(_) => 0,
        }
    }

    /// The number as it goes over the wire.
    pub(crate) fn number_on_the_wire(&self) -> Value {
        match self.code {
            ErrorCode::NumberAsText(code) => json!(code.to_string()),
            _ => json!(self.number()),
        }
    }

    /// What is said besides the code.
    pub(crate) fn text(&self) -> Option<&str> {
        match (self.details, self.code) {
            (None, ErrorCode::Name(name)) => Some(name),
            (details, _) => details,
        }
    }
}

/// How one vendor writes its errors.
pub trait Dialect {
    /// An error that a test asks for.
    fn error(&self, planned: &PlannedError<'_>) -> Reply;
    /// 429; `Retry-After` is added by the caller.
    fn rate_limited(&self) -> Reply;
    /// A failure of the vendor's own.
    fn server_error(&self, http_status: u16) -> Reply;
}
