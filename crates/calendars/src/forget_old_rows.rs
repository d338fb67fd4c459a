//! Rows of the calendars that have served their time.

use std::sync::Arc;

use domain::actor::Actor;
use jiff::{SignedDuration, ToSpan};
use kernel::{
    App, Tx,
    jobs::{Done, Job, JobError},
};
use serde::{Deserialize, Serialize};
use store::{db::DbError, feed_body, queue::Claim, refused_calendar_link};

use crate::{
    incident_kind::{self, Kind},
    room,
};

/// Forgets bodies of feeds, and on which days addresses were refused.
#[derive(Default, Serialize, Deserialize)]
pub struct ForgetOldCalendarRows {}

impl Job for ForgetOldCalendarRows {
    const KIND: &'static str = "forget_old_calendar_rows";
    const QUEUE: &'static str = "upkeep";

    fn dedupe_key(&self) -> Option<String> {
        Some(Self::KIND.to_owned())
    }

    async fn run(self, app: &Arc<App>, _: &Claim) -> Result<Done, JobError> {
        let mut tx = app.begin_as(Actor::System).await?;
        let keep = SignedDuration::from_hours(24 * i64::from(room(app).settings.keep_body_days));
        let before = tx.now - keep;
        feed_body::delete_before(&mut tx.session, before).await?;
        forget_refusals(&mut tx).await?;
        tx.commit().await?;
        Ok(Done::Finish)
    }
}

/// A day on which few tried ends what was told of the one before.
async fn forget_refusals(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let today = tx.app.property.zone.today(tx.now);
    if refused_calendar_link::of_day(&mut tx.session, today).await?
        <= i64::from(room(tx.app).settings.refusals_per_day)
    {
        incident_kind::close(tx, Kind::Probed, "export").await?;
    }
    refused_calendar_link::delete_before(&mut tx.session, today.saturating_sub(30.days())).await?;
    Ok(())
}
