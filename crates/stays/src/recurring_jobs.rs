//! Recurring work: tidying ended holds, reminding, completing stays.

use std::sync::Arc;

use dialog::Phrase;
use domain::{actor::Actor, stay::Stay};
use jiff::{SignedDuration, ToSpan};
use kernel::{
    App,
    jobs::{Done, Job, JobError},
};
use serde::{Deserialize, Serialize};
use store::queue::Claim;

use crate::{change::expire_in, guest_links, room, stay};

/// So many rows in one transaction: a tidy-up never holds the writer for long.
const BATCH: i64 = 200;

/// Ends holds whose time is over. Nothing waits for this: an ended hold blocks nobody before it either.
#[derive(Default, Serialize, Deserialize)]
pub struct ExpireHolds {}

impl Job for ExpireHolds {
    const KIND: &'static str = "expire_holds";
    const QUEUE: &'static str = "upkeep";

    fn dedupe_key(&self) -> Option<String> {
        Some(Self::KIND.to_owned())
    }

    async fn run(self, app: &Arc<App>, _: &Claim) -> Result<Done, JobError> {
        expire_holds(app).await
    }
}

async fn expire_holds(app: &App) -> Result<Done, JobError> {
    let begun_at = app.now();
    loop {
        let mut tx = app.begin_as(Actor::System).await?;
        let ended = store::stay::list_expired(&mut tx.session, tx.now, BATCH).await?;
        let full = ended.len() as i64 == BATCH;
        for stay in ended {
            expire_in(&mut tx, stay).await?;
        }
        tx.commit().await?;
        if !full {
            let took = app.now().duration_since(begun_at);
            room(app).metrics.prereservation_expiry_job_duration.observe(took.as_secs_f64());
            return Ok(Done::Finish);
        }
    }
}

/// Reminds guests whose hold ends soon, once. Where holds are no longer than the notice nobody is: the reminder would
/// come together with the hold.
#[derive(Default, Serialize, Deserialize)]
pub struct RemindHolds {}

impl Job for RemindHolds {
    const KIND: &'static str = "remind_holds";
    const QUEUE: &'static str = "upkeep";

    fn dedupe_key(&self) -> Option<String> {
        Some(Self::KIND.to_owned())
    }

    async fn run(self, app: &Arc<App>, _: &Claim) -> Result<Done, JobError> {
        remind_holds(app).await
    }
}

async fn remind_holds(app: &App) -> Result<Done, JobError> {
    if !room(app).booking.reminds() {
        return Ok(Done::Finish);
    }
    let notice = SignedDuration::from_mins(room(app).booking.reminder_minutes.into());
    let mut tx = app.begin_as(Actor::System).await?;
    for stay in store::stay::list_to_remind(&mut tx.session, tx.now, tx.now + notice, BATCH).await? {
        room(app).metrics.prereservation_reminders_processed.inc();
        let Stay::Held(held) = stay else { continue };
        if !store::stay::mark_reminded(&mut tx.session, &held.terms.id, tx.now).await? {
            continue;
        }
        let left = held.expires_at.duration_since(tx.now).as_mins();
        let phrase = Phrase::HoldExpiring {
            minutes: u16::try_from(left.max(1)).unwrap_or(u16::MAX),
            code: held.terms.code.to_string(),
            pay_url: guest_links::pay_url(app, &held.terms),
        };
        if held.terms.conversation_id.is_some() {
            tx.tell(held.terms.conversation_id.as_deref(), &phrase).await?;
            room(app).metrics.prereservation_reminders_sent.inc();
        }
    }
    tx.commit().await?;
    Ok(Done::Finish)
}

/// Completes confirmed stays after their departure day, so that a no-show can still be told on that day.
#[derive(Default, Serialize, Deserialize)]
pub struct CompleteStays {}

impl Job for CompleteStays {
    const KIND: &'static str = "complete_stays";
    const QUEUE: &'static str = "upkeep";

    fn dedupe_key(&self) -> Option<String> {
        Some(Self::KIND.to_owned())
    }

    async fn run(self, app: &Arc<App>, _: &Claim) -> Result<Done, JobError> {
        complete_stays(app).await
    }
}

async fn complete_stays(app: &App) -> Result<Done, JobError> {
    let now = app.now();
    let mut session = app.read().await?;
    let yesterday = app.property.zone.today(now).checked_sub(1.day()).unwrap_or(jiff::civil::Date::MIN);
    let departed = store::stay::list_departed(&mut session, yesterday, BATCH).await?;
    let all = room(app).catalogue.all(&mut session).await?;
    drop(session);
    for stay in departed {
        let terms = stay.terms();
        let zone =
            all.iter().find(|a| a.id == terms.accommodation_id).map_or(&app.property.zone, |a| &a.zone);
        match stay::complete(app, &terms.id, zone.today(now)).await {
            Ok(_) | Err(stay::StayError::Refused(_) | stay::StayError::Changed) => {}
            Err(stay::StayError::Database(error)) => return Err(error.into()),
            Err(error) => tracing::warn!(stay = %terms.id, %error, "a stay could not be completed"),
        }
    }
    Ok(Done::Finish)
}
