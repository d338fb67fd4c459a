//! When a feed is read next: its interval, longer for a server that refuses.

use jiff::SignedDuration;
use kernel::App;
use store::feed::Feed;

use super::classify_response::Wait;
use crate::room;

/// However often a feed fails, it is looked at again after this.
pub(super) const LONGEST_PAUSE: SignedDuration = SignedDuration::from_hours(1);
/// Providers must not see all feeds at once: a tenth of the interval, either way.
const JITTER_PERCENT: i64 = 20;

/// Until the next reading: the interval, longer for a server that refuses, doubling with each refusal.
pub(super) fn pause(app: &App, feed: &Feed, failures: i64, wait: Wait) -> SignedDuration {
    let interval = feed.interval_seconds.unwrap_or(i64::from(room(app).interval_seconds)).max(1);
    let jitter = app.rng.below(interval * 1_000 * JITTER_PERCENT / 100);
    let usual =
        SignedDuration::from_millis(interval * 1_000 - interval * 1_000 * JITTER_PERCENT / 200 + jitter);
    let doubled = || {
        let times = 1_i64 << failures.clamp(1, 10);
        let longest = LONGEST_PAUSE.max(usual);
        SignedDuration::from_secs(interval.saturating_mul(times)).min(longest)
    };
    match wait {
        Wait::No => usual,
        Wait::Polite => usual.max(doubled()),
        Wait::AtLeast(least) => usual.max(least),
    }
}
