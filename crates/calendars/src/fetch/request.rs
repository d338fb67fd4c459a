//! One request to a calendar's server.

use std::time::Duration;

use jiff::Timestamp;
use kernel::App;
use providers::http::fetch_feed::{Conditional, FeedError, FetchReport, Fetched, Limits};
use store::feed::Feed;

use crate::room;

/// An answer, with the moment at which it was asked for and how long it took.
pub(crate) struct Answer {
    pub(super) asked_at: Timestamp,
    pub(super) took: Duration,
    pub(super) fetched: Result<Fetched, FeedError>,
}

/// What came of a request.
pub(crate) enum PollOutcome {
    Answered(Answer),
    /// Another reading of ours is using the host: it was not asked, and nothing is known of the feed.
    HostInUse,
    NoAddress,
}

/// Asks the calendar's server.
pub(crate) async fn poll(app: &App, feed: &Feed, limits: Limits) -> PollOutcome {
    let Some(url) = feed.url.as_deref() else { return PollOutcome::NoAddress };
    let known = Conditional { etag: feed.etag.clone(), last_modified: feed.last_modified.clone() };
    let asked_at = app.now();
    let FetchReport { took, outcome } = room(app).feeds.fetch(url, &known, &limits).await;
    if outcome == Err(FeedError::HostInUse) {
        return PollOutcome::HostInUse;
    }
    room(app).metrics.fetch_duration.observe(took.as_secs_f64());
    PollOutcome::Answered(Answer { asked_at, took, fetched: outcome })
}
