//! The UIDs that we give to events, and which of a reading are ours.

use std::collections::HashSet;

use domain::ids::{AccommodationId, StayId};
use kernel::App;
use store::{
    db::{DbError, Session},
    feed,
};

/// The UIDs of a reading that we made for this accommodation. Those of another one are no loopback: two units may
/// read each other on purpose.
pub(crate) async fn own_uids(
    app: &App,
    session: &mut Session,
    accommodation_id: &AccommodationId,
    reading: &ical::Feed,
) -> Result<HashSet<String>, DbError> {
    let ending = format!("@{}", host(app));
    let ours = reading.busy.iter().filter_map(|busy| Some((busy, busy.uid.strip_suffix(&ending)?)));
    let mut found = HashSet::new();
    let mut feeds = None;
    for (busy, local) in ours.take(1_000) {
        let is_ours = match local.split_once('.') {
            Some((feed_id, _)) => {
                if feeds.is_none() {
                    feeds = Some(feed::list(session, Some(accommodation_id)).await?);
                }
                feeds.iter().flatten().any(|feed| feed.id == feed_id)
            }
            None => store::stay::find_by_id(session, &StayId::new(local))
                .await?
                .is_some_and(|stay| stay.terms().accommodation_id == *accommodation_id),
        };
        if is_ours {
            found.insert(busy.uid.clone());
        }
    }
    Ok(found)
}

/// What our UIDs end in.
pub(crate) fn host(app: &App) -> String {
    let base_url = app.settings.base_url();
    let host = base_url.split("://").last().unwrap_or_default().split(['/', ':']).next().unwrap_or_default();
    if host.is_empty() { "conserje".to_owned() } else { host.to_owned() }
}
