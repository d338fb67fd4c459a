//! Calendars that a listing reads: when, and what became of it.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use reqwest::{StatusCode, header};
use serde::{Deserialize, Serialize};

use super::{Nights, read_closed_nights};

/// How long a platform waits for a calendar.
const PATIENCE: Duration = Duration::from_secs(20);

/// A calendar that a listing reads.
#[derive(Clone, Debug, Serialize)]
pub struct Import {
    /// Where.
    pub url: String,
    /// How long from one reading to the next.
    pub every_minutes: u32,
    /// What was read last without a fault: these nights are closed here.
    pub nights: Vec<Nights>,
    /// What became of the last reading.
    pub last: Option<Poll>,
    #[serde(skip)]
    pub(crate) validators: Vec<(header::HeaderName, String)>,
}

/// What became of one reading of another calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Poll {
    /// When.
    pub at: Timestamp,
    /// What came.
    pub outcome: PollOutcome,
}

/// What came of a reading. Whatever could not be read leaves the nights as they were, and nobody is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PollOutcome {
    /// A calendar with so many closed ranges, which replace those before, also when there are none.
    Read(usize),
    /// 304.
    Unchanged,
    /// Another status.
    Refused(u16),
    /// No calendar.
    Unreadable,
    /// No answer.
    Unreachable,
}

/// A reading's outcome and what it brought.
pub(crate) struct Fetched {
    pub(crate) outcome: PollOutcome,
    pub(crate) nights: Vec<Nights>,
    pub(crate) validators: Vec<(header::HeaderName, String)>,
}

impl Import {
    pub(crate) fn is_due(&self, now: Timestamp) -> bool {
        let every = SignedDuration::from_mins(i64::from(self.every_minutes));
        self.last.as_ref().is_none_or(|last| now.duration_since(last.at) >= every)
    }

    /// Notes a reading. True when other nights are closed now.
    pub(crate) fn apply(&mut self, at: Timestamp, fetched: Fetched) -> bool {
        let is_read = matches!(fetched.outcome, PollOutcome::Read(_));
        self.last = Some(Poll { at, outcome: fetched.outcome });
        if !is_read {
            return false;
        }
        self.validators = fetched.validators;
        let changed = self.nights != fetched.nights;
        self.nights = fetched.nights;
        changed
    }
}

/// Reads a calendar.
pub(crate) async fn fetch(
    client: &reqwest::Client,
    url: &str,
    validators: Vec<(header::HeaderName, String)>,
) -> Fetched {
    let ask = client.get(url).timeout(PATIENCE);
    let ask = validators.into_iter().fold(ask, |ask, (name, value)| ask.header(name, value));
    let nothing = |outcome| Fetched { outcome, nights: Vec::new(), validators: Vec::new() };
    let Ok(answer) = ask.send().await else { return nothing(PollOutcome::Unreachable) };
    match answer.status() {
        StatusCode::OK => {}
        StatusCode::NOT_MODIFIED => return nothing(PollOutcome::Unchanged),
        other => return nothing(PollOutcome::Refused(other.as_u16())),
    }
    let seen = |name| answer.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let validators =
        [(header::ETAG, header::IF_NONE_MATCH), (header::LAST_MODIFIED, header::IF_MODIFIED_SINCE)];
    let validators =
        validators.into_iter().filter_map(|(theirs, ours)| Some((ours, seen(theirs)?))).collect();
    let Ok(text) = answer.text().await else { return nothing(PollOutcome::Unreachable) };
    match read_closed_nights::nights(&text) {
        Some(nights) => Fetched { outcome: PollOutcome::Read(nights.len()), nights, validators },
        None => nothing(PollOutcome::Unreadable),
    }
}
