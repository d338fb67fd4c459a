//! Accommodations: made, changed, listed.

use std::sync::Arc;

use domain::{
    accommodation::{Accommodation, StayRules},
    ids::AccommodationId,
    staff::Who,
    stay::Actor,
};
use jiff::Timestamp;
use serde_json::json;
use store::{
    audit,
    db::{DbError, Result, Session},
};

use kernel::App;

use crate::room;

/// The rules of an accommodation that says nothing about them.
pub fn default_rules(app: &App) -> StayRules {
    let booking = &room(app).booking;
    StayRules {
        min_nights: booking.min_nights,
        max_nights: booking.max_nights,
        horizon_days: booking.horizon_days,
    }
}

/// Creates within the caller's transaction.
pub async fn create_in(
    session: &mut Session,
    accommodation: &Accommodation,
    who: Who,
    now: Timestamp,
) -> Result<()> {
    store::accommodation::create(session, accommodation, now).await?;
    audit::write(session, &[entry("create", None, accommodation, who)], now).await
}

/// Changes an accommodation by `edit`, with the row locked. None when it does not exist.
pub async fn update<E>(
    app: &App,
    id: &AccommodationId,
    who: Who,
    edit: impl FnOnce(&Accommodation) -> Result<Accommodation, E>,
) -> Result<Option<Result<Accommodation, E>>, DbError> {
    let now = app.now();
    let mut session = app.begin().await?;
    let Some(before) = store::accommodation::lock(&mut session, std::slice::from_ref(id)).await?.pop() else {
        return Ok(None);
    };
    let after = match edit(&before) {
        Ok(after) => after,
        Err(problem) => return Ok(Some(Err(problem))),
    };
    store::accommodation::update(&mut session, &after, now).await?;
    if before.zone != after.zone {
        // Times of day fall on other nights: what was read is read again, changed or not.
        store::feed::forget_versions(&mut session, id).await?;
    }
    audit::write(&mut session, &[entry("update", Some(&before), &after, who)], now).await?;
    app.commit(session).await?;
    Ok(Some(Ok(after)))
}

pub async fn find(app: &App, id: &AccommodationId) -> Result<Option<Accommodation>> {
    store::accommodation::find(&mut app.read().await?, id).await
}

pub async fn list(app: &App) -> Result<Arc<Vec<Accommodation>>> {
    room(app).catalogue.all(&mut app.read().await?).await
}

fn entry(
    action: &'static str,
    before: Option<&Accommodation>,
    after: &Accommodation,
    who: Who,
) -> audit::Entry {
    let summary = |accommodation: &Accommodation| {
        json!({
            "name": accommodation.name,
            "capacity": accommodation.capacity,
            "pricing": accommodation.pricing,
            "rules": accommodation.rules,
            "active": accommodation.active,
        })
    };
    audit::Entry {
        noun: "accommodation",
        noun_id: after.id.as_str().to_owned(),
        actor: Actor::Staff(who),
        action,
        before: before.map(summary),
        after: Some(summary(after)),
        cause: None,
    }
}
