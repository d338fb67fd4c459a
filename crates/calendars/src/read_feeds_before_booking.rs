//! One more look into other calendars before a hold becomes a booking: what was sold elsewhere a minute ago is known
//! before anybody is told that the nights are theirs.

use std::time::Duration;

use domain::{actor::Actor, ids::StayId, stay::Stay};
use futures_util::future::join_all;
use jiff::SignedDuration;
use providers::http::fetch_feed::{FeedError, Limits};
use store::{
    conflict,
    db::{DbError, Session},
    feed::{self, Feed},
};

use crate::fetch::{Outcome, PollOutcome, poll, store_poll_result};
use crate::room;
use kernel::App;

/// Reads the calendars of a stay's accommodation again where they are older than the settings allow, if the stay may
/// still become a booking: it is held, or its hold has ended and money may come late. Never takes longer than the
/// settings say, and never fails: what could not be read is told to the host.
pub async fn read_before_booking(app: &App, stay_id: &StayId) {
    read_for(app, stay_id, |stay| matches!(stay, Stay::Held(_) | Stay::Expired(_))).await;
}

/// The same before a stay gets other nights, which a booking may get too.
pub async fn read_before_moving(app: &App, stay_id: &StayId) {
    read_for(app, stay_id, |stay| matches!(stay, Stay::Held(_) | Stay::Confirmed(_))).await;
}

async fn read_for(app: &App, stay_id: &StayId, concerns: impl Fn(&Stay) -> bool) {
    if let Err(error) = read_again(app, stay_id, concerns).await {
        tracing::warn!(stay = %stay_id, %error, "other calendars could not be read before a booking");
    }
}

/// Whether another calendar has sold these nights too, and nobody has seen to it.
pub async fn is_sold_elsewhere(session: &mut Session, stay_id: &StayId) -> Result<bool, DbError> {
    Ok(conflict::list_of_stay(session, stay_id).await?.iter().any(|found| found.resolved_at.is_none()))
}

async fn read_again(app: &App, stay_id: &StayId, concerns: impl Fn(&Stay) -> bool) -> Result<(), DbError> {
    let mut session = app.read().await?;
    let Some(stay) = store::stay::find_by_id(&mut session, stay_id).await?.filter(concerns) else {
        return Ok(());
    };
    let id = &stay.terms().accommodation_id;
    let active = store::accommodation::find(&mut session, id).await?.is_some_and(|found| found.active);
    if !active {
        return Ok(());
    }
    let fresh = SignedDuration::from_secs(i64::from(room(app).settings.fresh_seconds));
    let now = app.now();
    let is_old = |feed: &Feed| feed.last_good_at.is_none_or(|at| now.duration_since(at) > fresh);
    let feeds = feed::list(&mut session, Some(id)).await?;
    drop(session);
    let old: Vec<Feed> = feeds.into_iter().filter(|feed| feed.url.is_some() && is_old(feed)).collect();
    if old.is_empty() {
        return Ok(());
    }
    let patience = Duration::from_millis(u64::from(room(app).settings.confirm_wait_ms));
    let limits = Limits { total: patience, ..Limits::default() };
    // All at once but for those of one host, which wait for each other within the same time; within one task: when the caller is
    // gone, so are they.
    let answers = join_all(old.iter().map(|feed| poll(app, feed, limits))).await;
    let mut unread = Vec::new();
    for (feed, answer) in old.iter().zip(answers) {
        let answer = match answer {
            PollOutcome::Answered(answer) => answer,
            PollOutcome::HostInUse => {
                unread.push(format!("{} ({})", feed.source, FeedError::HostInUse));
                continue;
            }
            PollOutcome::NoAddress => continue,
        };
        let mut tx = app.begin_as(Actor::Feed).await?;
        let synced = store_poll_result(&mut tx, &feed.id, answer).await?;
        tx.commit().await?;
        if let Some(Outcome::Failed(reason)) = synced.map(|synced| synced.outcome) {
            unread.push(format!("{} ({reason})", feed.source));
        }
    }
    if !unread.is_empty() {
        let mut tx = app.begin_as(Actor::System).await?;
        let detail = format!(
            "could not be read just before this was booked: the calendar of {}. Look there whether the nights are free",
            unread.join("; that of ")
        );
        let subject = format!("stay:{stay_id}");
        tx.open_task(&subject, "calendar_not_checked", &detail).await?;
        tx.commit().await?;
    }
    Ok(())
}
