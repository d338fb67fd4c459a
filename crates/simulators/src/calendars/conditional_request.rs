//! What the reader of a feed can compare (`ETag`, `Last-Modified`), to be answered 304.

use axum::http::{HeaderMap, HeaderName, header};
use jiff::{Timestamp, fmt::rfc2822::DateTimePrinter};

use super::{
    feed::Feed,
    listing::{Listing, Validators},
};

/// What the reader sent along.
pub(crate) struct Asked {
    etag: Option<String>,
    since: Option<Timestamp>,
    pub(crate) takes_gzip: bool,
    pub(crate) user_agent: Option<String>,
}

impl Asked {
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let text =
            |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let since = text(header::IF_MODIFIED_SINCE);
        let since = since.and_then(|since| jiff::fmt::rfc2822::parse(&since).ok());
        Self {
            etag: text(header::IF_NONE_MATCH),
            since: since.map(|since| since.timestamp()),
            takes_gzip: text(header::ACCEPT_ENCODING).is_some_and(|codings| codings.contains("gzip")),
            user_agent: text(header::USER_AGENT),
        }
    }

    pub(crate) fn is_conditional(&self) -> bool {
        self.etag.is_some() || self.since.is_some()
    }

    /// As HTTP has it: where there is a tag to compare, the date does not count.
    pub(crate) fn knows(&self, now: &Stamps) -> bool {
        match (&self.etag, &now.etag) {
            (Some(known), Some(etag)) => known == etag,
            _ => self
                .since
                .zip(now.last_modified)
                .is_some_and(|(since, modified)| modified.as_second() <= since.as_second()),
        }
    }
}

/// What a feed can be compared by.
pub(crate) struct Stamps {
    pub(crate) etag: Option<String>,
    pub(crate) last_modified: Option<Timestamp>,
}

impl Stamps {
    pub(crate) fn of(listing: &Listing, feed: &Feed) -> Self {
        let validators = listing.settings.validators;
        let has_etag = matches!(validators, Validators::Etag | Validators::Both);
        let has_date = matches!(validators, Validators::LastModified | Validators::Both);
        Self { etag: has_etag.then(|| feed.etag()), last_modified: has_date.then_some(listing.changed_at) }
    }
}

/// `Fri, 27 Nov 2026 10:11:12 GMT`.
pub(crate) fn http_date(at: Timestamp) -> String {
    DateTimePrinter::new().timestamp_to_rfc9110_string(&at).unwrap_or_default()
}
