//! Recurring work: tidying ended holds, reminding, completing stays, forgetting what is old.

use dialog::Phrase;
use domain::stay::Stay;
use jiff::{SignedDuration, ToSpan};
use store::{
    db::Session,
    feed_body, idempotency, inbox, incident,
    queue::{self, schedule},
};

use super::{Done, Job, JobError};
use crate::{App, calendar, conversation::tell, hold, stay};

/// So many rows in one transaction: a tidy-up never holds the writer for long.
const BATCH: i64 = 200;
/// Providers repeat a webhook for up to seven days; keys are kept for twice that.
const KEEP_INBOX: SignedDuration = SignedDuration::from_hours(14 * 24);
const KEEP_DEAD: SignedDuration = SignedDuration::from_hours(30 * 24);
const KEEP_INCIDENTS: SignedDuration = SignedDuration::from_hours(90 * 24);
const FEEDS_EVERY_SECONDS: u32 = 60;

/// Enqueues the recurring jobs whose time has come; any number of processes may call it.
pub async fn enqueue_due(app: &App, session: &mut Session) -> store::db::Result<()> {
    let jobs = &app.config.jobs;
    let seconds = |seconds: u32| SignedDuration::from_secs(i64::from(seconds.max(1)));
    let now = app.now();
    for (job, every) in [
        (Job::ExpireHolds, seconds(jobs.expiration_interval_seconds)),
        (Job::RemindHolds, seconds(jobs.expiration_interval_seconds)),
        (Job::CompleteStays, SignedDuration::from_hours(1)),
        // Feeds have intervals of their own: looked at often enough for the shortest.
        (Job::FetchFeeds, seconds(jobs.ical_interval_seconds.min(FEEDS_EVERY_SECONDS))),
        (Job::ReconcilePayments, SignedDuration::from_hours(1)),
        (Job::AskForCharges, SignedDuration::from_mins(10)),
        (Job::CleanUp, SignedDuration::from_hours(1)),
    ] {
        if schedule::take_turn(session, job.kind(), every, now).await? {
            queue::enqueue(session, &[job.enqueue_at(now)], now).await?;
        }
    }
    Ok(())
}

/// Ends holds whose time is over. Nothing waits for this: an ended hold blocks nobody before it either.
pub async fn expire_holds(app: &App) -> Result<Done, JobError> {
    let begun_at = app.now();
    loop {
        let now = app.now();
        let mut session = app.begin().await?;
        let ended = store::stay::list_expired(&mut session, now, BATCH).await?;
        let full = ended.len() as i64 == BATCH;
        for stay in ended {
            stay::expire_in(app, &mut session, stay, now).await?;
        }
        app.commit(session).await?;
        if !full {
            let took = app.now().duration_since(begun_at);
            app.metrics.prereservation_expiry_job_duration.observe(took.as_secs_f64());
            return Ok(Done::Finish);
        }
    }
}

/// Reminds guests whose hold ends soon, once. Where holds are no longer than the notice nobody is: the reminder would
/// come together with the hold.
pub async fn remind_holds(app: &App) -> Result<Done, JobError> {
    if !app.config.booking.reminds() {
        return Ok(Done::Finish);
    }
    let now = app.now();
    let notice = SignedDuration::from_mins(app.config.booking.reminder_minutes.into());
    let mut session = app.begin().await?;
    for stay in store::stay::list_to_remind(&mut session, now, now + notice, BATCH).await? {
        app.metrics.prereservation_reminders_processed.inc();
        let Stay::Held(held) = stay else { continue };
        if !store::stay::mark_reminded(&mut session, &held.terms.id, now).await? {
            continue;
        }
        let left = held.expires_at.duration_since(now).as_mins();
        let phrase = Phrase::HoldExpiring {
            minutes: u16::try_from(left.max(1)).unwrap_or(u16::MAX),
            code: held.terms.code.to_string(),
            pay_url: hold::pay_url(app, &held.terms),
        };
        if held.terms.conversation_id.is_some() {
            tell(app, &mut session, held.terms.conversation_id.as_deref(), &phrase, now).await?;
            app.metrics.prereservation_reminders_sent.inc();
        }
    }
    app.commit(session).await?;
    Ok(Done::Finish)
}

/// Completes confirmed stays after their departure day, so that a no-show can still be told on that day.
pub async fn complete_stays(app: &App) -> Result<Done, JobError> {
    let now = app.now();
    let mut session = app.read().await?;
    let yesterday = app.defaults.zone.today(now).checked_sub(1.day()).unwrap_or(jiff::civil::Date::MIN);
    let departed = store::stay::list_departed(&mut session, yesterday, BATCH).await?;
    let all = app.catalogue.all(&mut session).await?;
    drop(session);
    for stay in departed {
        let terms = stay.terms();
        let zone =
            all.iter().find(|a| a.id == terms.accommodation_id).map_or(&app.defaults.zone, |a| &a.zone);
        match stay::complete(app, &terms.id, zone.today(now)).await {
            Ok(_) | Err(stay::StayError::Refused(_) | stay::StayError::Changed) => {}
            Err(stay::StayError::Database(error)) => return Err(error.into()),
            Err(error) => tracing::warn!(stay = %terms.id, %error, "a stay could not be completed"),
        }
    }
    Ok(Done::Finish)
}

/// Forgets what has served its time.
pub async fn clean_up(app: &App) -> Result<Done, JobError> {
    calendar::rotate_old_links(app).await?;
    let now = app.now();
    let mut session = app.begin().await?;
    let answers = idempotency::delete_expired(&mut session, now).await?;
    let events = inbox::delete_handled(&mut session, now - KEEP_INBOX).await?;
    let dead = queue::delete_dead(&mut session, now - KEEP_DEAD).await?;
    let keep_bodies = SignedDuration::from_hours(24 * i64::from(app.config.ical.keep_body_days));
    feed_body::delete_before(&mut session, now - keep_bodies).await?;
    incident::delete_closed(&mut session, now - KEEP_INCIDENTS).await?;
    calendar::forget_refusals(app, &mut session, now).await?;
    app.commit(session).await?;
    app.metrics.idempotency_keys_expired.inc_by(answers);
    tracing::debug!(answers, events, dead, "cleaned up");
    Ok(Done::Finish)
}
