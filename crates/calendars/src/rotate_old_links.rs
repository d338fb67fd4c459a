//! Addresses of our calendar that are older than the settings allow are replaced, and the host of each is told.

use std::sync::Arc;

use dialog::IncidentFacts;
use domain::{accommodation::Accommodation, actor::Actor, ids::AccommodationId};
use jiff::SignedDuration;
use kernel::{
    App, Tx,
    jobs::{Done, Job, JobError},
};
use serde::{Deserialize, Serialize};
use store::{
    calendar_link::{self, CalendarLink, Listed},
    db::DbError,
    queue::Claim,
};

use crate::{
    incident_kind::{self, Kind},
    reader_links::{Overlap, rotate},
    room,
};

/// Replaces old addresses, and ends what was told of those that no longer open.
#[derive(Default, Serialize, Deserialize)]
pub struct RotateOldLinks {}

impl Job for RotateOldLinks {
    const KIND: &'static str = "rotate_old_links";
    const QUEUE: &'static str = "upkeep";

    fn dedupe_key(&self) -> Option<String> {
        Some(Self::KIND.to_owned())
    }

    async fn run(self, app: &Arc<App>, _: &Claim) -> Result<Done, JobError> {
        let mut tx = app.begin_as(Actor::System).await?;
        rotate_old(&mut tx).await?;
        close_where_the_old_one_is_gone(&mut tx).await?;
        tx.commit().await?;
        Ok(Done::Finish)
    }
}

async fn rotate_old(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let days = room(tx.app).settings.link_rotate_days;
    if days == 0 {
        return Ok(());
    }
    let before = tx.now - SignedDuration::from_hours(24 * i64::from(days));
    for old in calendar_link::list_older(&mut tx.session, before).await? {
        let CalendarLink { accommodation_id, reader, .. } = old.link;
        rotate(tx, &accommodation_id, &reader, Overlap::Usual).await?;
        let accommodation = store::accommodation::find(&mut tx.session, &accommodation_id).await?;
        tell(tx, accommodation.as_ref(), &accommodation_id, &reader).await?;
    }
    Ok(())
}

async fn close_where_the_old_one_is_gone(tx: &mut Tx<'_>) -> Result<(), DbError> {
    for subject in incident_kind::list_subjects(&mut tx.session, Kind::LinkReplaced).await? {
        let Some((_, rest)) = subject.split_once(':') else { continue };
        let Some((id, reader)) = rest.split_once('/') else { continue };
        let links = calendar_link::list(&mut tx.session, &AccommodationId::new(id), tx.now).await?;
        let overlaps = |one: &Listed| one.link.reader == reader && one.revoked_at.is_some();
        if !links.iter().any(overlaps) {
            incident_kind::close(tx, Kind::LinkReplaced, &subject).await?;
        }
    }
    Ok(())
}

async fn tell(
    tx: &mut Tx<'_>,
    accommodation: Option<&Accommodation>,
    id: &AccommodationId,
    reader: &str,
) -> Result<(), DbError> {
    let name = accommodation.map_or(id.as_str(), |accommodation| accommodation.name.as_str());
    let replaced = IncidentFacts::CalendarLinkReplaced {
        name: name.to_owned(),
        source: reader.to_owned(),
        hours: room(tx.app).settings.link_overlap_hours,
    };
    let subject = format!("link:{id}/{reader}");
    incident_kind::open(tx, &replaced, &subject).await
}
