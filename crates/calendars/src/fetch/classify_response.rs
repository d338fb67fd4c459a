//! What an answer of a calendar's server is: a calendar, the same one as before, or a failure.

use domain::accommodation::Accommodation;
use ical::LeaveOut;
use jiff::{SignedDuration, Timestamp};
use providers::http::fetch_feed::{FeedError, Fetched};
use store::feed::{Feed, Version};

use super::{Outcome, digest, pause_until_next_poll::LONGEST_PAUSE};
use crate::{blocks_from_poll::Observed, read_for_accommodation::read_calendar};

/// What an answer of the server was found to be.
pub(super) struct Response {
    pub(super) observed: Observed,
    pub(super) outcome: Outcome,
    pub(super) counted: &'static str,
    pub(super) version: Option<Version>,
    /// When it is worth keeping.
    pub(super) body: Option<Vec<u8>>,
    /// What the server asks us to wait.
    pub(super) wait: Wait,
}

pub(super) enum Wait {
    /// The usual pace.
    No,
    /// It would rather not be asked so often.
    Polite,
    /// At least so long.
    AtLeast(SignedDuration),
}

pub(super) fn classify_response(
    accommodation: &Accommodation,
    feed: &Feed,
    fetched: Result<Fetched, FeedError>,
    now: Timestamp,
) -> Response {
    let failed = |reason: String, body, wait| Response {
        observed: Observed::Failed,
        outcome: Outcome::Failed(reason),
        counted: "failed",
        version: None,
        body,
        wait,
    };
    let unchanged = |counted, version| Response {
        observed: Observed::Unchanged,
        outcome: Outcome::Unchanged,
        counted,
        version,
        body: None,
        wait: Wait::No,
    };
    match fetched {
        Ok(Fetched::NotModified) => unchanged("not_modified", None),
        Ok(Fetched::Body { bytes, etag, last_modified }) => {
            let digest = digest(&bytes);
            let version = Version { etag, last_modified, body_digest: Some(digest.clone()) };
            if feed.body_digest.as_ref() == Some(&digest) && feed.state.is_some() {
                return unchanged("same_body", Some(version));
            }
            match read_calendar(accommodation, &bytes, &LeaveOut::parse(&feed.leave_out), now) {
                Ok(reading) => Response {
                    observed: Observed::Read(reading),
                    outcome: Outcome::Read,
                    counted: "read",
                    version: Some(version),
                    body: Some(bytes),
                    wait: Wait::No,
                },
                Err(error) => {
                    let reason = error.to_string();
                    // The same page again and again is kept once.
                    let body = (feed.last_error.as_ref() != Some(&reason)).then_some(bytes);
                    failed(reason, body, Wait::No)
                }
            }
        }
        Err(error) => {
            let wait = match &error {
                FeedError::Busy { after: Some(after), .. } => {
                    Wait::AtLeast(SignedDuration::try_from(*after).unwrap_or(LONGEST_PAUSE))
                }
                FeedError::Busy { .. } | FeedError::Refused { .. } | FeedError::ServerFault { .. } => {
                    Wait::Polite
                }
                _ => Wait::No,
            };
            failed(error.to_string(), None, wait)
        }
    }
}
