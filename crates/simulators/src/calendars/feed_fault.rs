//! What can go wrong with one reading of a feed, and the log of readings.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What goes wrong with one reading of a feed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum FeedFault {
    /// Nothing: lets one reading through, so that a later one can be hit.
    None,
    /// 200 and a valid calendar without events.
    EmptyCalendar,
    /// 200 and not a byte.
    EmptyBody,
    /// 200 and `{"code":500,…}`.
    JsonError,
    /// 200 and a page.
    Html,
    /// 200 and the first half.
    Truncated,
    /// The later half of the nights is not there.
    HalfGone,
    /// The event that ends last is not there.
    FarBlockGone,
    /// Every event has a UID that was never seen, again at each reading.
    MovedUids,
    /// This status: 403, 429, 500, 503, …
    Status {
        http_status: u16,
        #[serde(default)]
        retry_after: Option<RetryAfter>,
    },
    /// The right answer, a byte at a time.
    SlowDrip {
        #[serde(default = "drip_ms")]
        ms_per_byte: u64,
    },
    /// Not even a status, for as long as the reader waits.
    NeverAnswers,
    /// Each address leads to another one here.
    EndlessRedirect,
    /// To any address.
    Redirect {
        to: String,
        #[serde(default = "found")]
        http_status: u16,
    },
    /// A valid calendar that is small on the wire: `Content-Encoding: gzip`, also for who did not ask.
    GzipBomb {
        #[serde(default = "one_gibibyte")]
        unpacked_bytes: u64,
    },
    /// A calendar that goes on for as long as the reader listens.
    EndlessBody,
    /// A calendar that says how long it is, and is never so long in the time that anybody has.
    Announced {
        #[serde(default = "one_gibibyte")]
        announced_bytes: u64,
    },
    /// So many events more, of one night each, from a year ahead on, many on the same night.
    ManyEvents {
        #[serde(default = "many_events")]
        count: u32,
    },
    /// An event more that repeats for ever.
    EndlessRule {
        #[serde(default = "daily")]
        rrule: String,
    },
    /// An event more with a line that is folded so often, a letter each.
    ManyFolds {
        #[serde(default = "many_folds")]
        count: u32,
    },
    /// The right body with a wrong name.
    WrongContentType {
        #[serde(default = "octets")]
        content_type: String,
    },
    /// `Date` and `Last-Modified` as a wrong clock has them.
    ClockSkew { seconds: i64 },
}

/// When to come again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RetryAfter {
    /// `Retry-After: 120`.
    Seconds(u32),
    /// The same as an HTTP date, so many seconds from now.
    DateInSeconds(i64),
}

/// A fault that waits for its readings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedFeedFault {
    /// How many readings to hit; `null` for all until it is switched off.
    #[serde(default = "once")]
    pub times: Option<u32>,
    /// What goes wrong.
    #[serde(flatten)]
    pub fault: FeedFault,
}

impl FeedFault {
    /// For so many readings.
    pub fn times(self, times: u32) -> PlannedFeedFault {
        PlannedFeedFault { times: Some(times), fault: self }
    }

    /// For every reading until it is switched off.
    pub fn until_off(self) -> PlannedFeedFault {
        PlannedFeedFault { times: None, fault: self }
    }
}

impl From<FeedFault> for PlannedFeedFault {
    fn from(fault: FeedFault) -> Self {
        fault.times(1)
    }
}

/// One reading of a feed by somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fetch {
    /// When it began.
    pub at: Timestamp,
    /// What was answered; nothing when no answer was meant to come.
    pub http_status: Option<u16>,
    /// What was done wrong.
    pub fault: FeedFault,
    /// Whether `If-None-Match` or `If-Modified-Since` was sent.
    pub was_conditional: bool,
    /// Whether gzip was welcome.
    pub takes_gzip: bool,
    /// Who it says it is.
    pub user_agent: Option<String>,
}

fn once() -> Option<u32> {
    Some(1)
}

fn drip_ms() -> u64 {
    100
}

fn found() -> u16 {
    302
}

fn one_gibibyte() -> u64 {
    1 << 30
}

fn many_events() -> u32 {
    100_000
}

fn daily() -> String {
    "FREQ=DAILY".to_owned()
}

fn many_folds() -> u32 {
    2_000_000
}

fn octets() -> String {
    "application/octet-stream".to_owned()
}
