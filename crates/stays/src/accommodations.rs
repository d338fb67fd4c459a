//! Accommodations: made, changed, listed.

use std::sync::Arc;

use domain::{
    accommodation::{Accommodation, StayRules},
    actor::Actor,
    ids::AccommodationId,
    staff::Who,
};
use serde_json::json;
use store::{
    audit,
    db::{DbError, Result},
};

use kernel::{App, Tx};

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
pub async fn create_in(tx: &mut Tx<'_>, accommodation: &Accommodation) -> Result<()> {
    store::accommodation::create(&mut tx.session, accommodation, tx.now).await?;
    audit::write(&mut tx.session, &[entry("create", None, accommodation, tx.actor)], tx.now).await
}

/// Changes an accommodation by `edit`, with the row locked. None when it does not exist.
pub async fn update<E>(
    app: &App,
    id: &AccommodationId,
    who: Who,
    edit: impl FnOnce(&Accommodation) -> Result<Accommodation, E>,
) -> Result<Option<Result<Accommodation, E>>, DbError> {
    let mut tx = app.begin_as(Actor::Staff(who)).await?;
    let Some(before) = store::accommodation::lock(&mut tx.session, std::slice::from_ref(id)).await?.pop()
    else {
        return Ok(None);
    };
    let after = match edit(&before) {
        Ok(after) => after,
        Err(problem) => return Ok(Some(Err(problem))),
    };
    store::accommodation::update(&mut tx.session, &after, tx.now).await?;
    if before.zone != after.zone {
        // Times of day fall on other nights: what was read is read again, changed or not.
        store::feed::forget_versions(&mut tx.session, id).await?;
    }
    audit::write(&mut tx.session, &[entry("update", Some(&before), &after, tx.actor)], tx.now).await?;
    tx.commit().await?;
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
    actor: Actor,
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
        actor,
        action,
        before: before.map(summary),
        after: Some(summary(after)),
        cause: None,
    }
}
