//! A calendar's text read for one accommodation, and whose calendar it is.

use domain::{accommodation::Accommodation, ids::AccommodationId};
use ical::{LeaveOut, Provider};
use jiff::Timestamp;
use kernel::DbError;
use store::{db::Session, feed::Feed};

use crate::feed_host;

/// Whose poll it is.
pub(crate) struct About<'a> {
    pub(crate) accommodation: &'a Accommodation,
    pub(crate) feed: &'a Feed,
    pub(crate) provider: Provider,
}

pub fn read_calendar(
    accommodation: &Accommodation,
    text: &[u8],
    leave_out: &LeaveOut,
    now: Timestamp,
) -> Result<ical::Feed, ical::ReadError> {
    let limits = ical::ReadLimits::around(accommodation.zone.today(now));
    ical::read_without(text, accommodation.zone.time_zone(), &limits, leave_out)
}

pub async fn lock(session: &mut Session, id: &AccommodationId) -> Result<Option<Accommodation>, DbError> {
    Ok(store::accommodation::lock(session, std::slice::from_ref(id)).await?.pop())
}

/// Whose calendar a feed is: as the host named it, else by its address, else by what it says.
pub fn provider_of(feed: &Feed, reading: Option<&ical::Feed>) -> Provider {
    let named = |name: &str| name.parse().ok();
    named(&feed.source)
        .or_else(|| feed.url.as_deref().and_then(feed_host::provider_at))
        .or_else(|| reading.map(Provider::of).filter(|found| *found != Provider::Other))
        .or_else(|| feed.provider.as_deref().and_then(named))
        .unwrap_or(Provider::Other)
}
