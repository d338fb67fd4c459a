//! Our calendar for others: what is live, and blocks that came from elsewhere than the reader.

use std::collections::{HashMap, HashSet};

use dialog::Trouble;
use domain::{
    accommodation::Accommodation,
    ids::{AccommodationId, StayId},
    period::Period,
    stay::Stay,
};
use ical::ExportEvent;
use jiff::{SignedDuration, Timestamp, ToSpan};
use sha2::{Digest, Sha256};
use store::{
    audit,
    block::{self, Exported},
    calendar_link, calendar_refusal,
    calendar_shown::{self, Shown},
    db::{DbError, Session},
    feed,
};

use super::{echo::ShownEvent, links::ALL};
use crate::{
    App,
    alerts::{self, Kind},
    metrics::OutcomeLabels,
};

/// What our own feed covers.
const EXPORT_PAST_DAYS: i32 = 30;
const EXPORT_AHEAD_DAYS: i32 = 731;
/// That a reader came again is written down no more often than this.
const NOTE_EVERY: SignedDuration = SignedDuration::from_mins(1);

/// Our calendar as one reader sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Export {
    pub text: String,
    /// Of the text; in quotes.
    pub etag: String,
    /// When the text became what it is.
    pub modified_at: Timestamp,
}

/// What the reader asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taking {
    /// The calendar, or whether it is still the one that the reader has.
    Calendar,
    /// Only what stands above it: the reader does not see the nights.
    Head,
}

/// Our calendar for the reader who has this token; None for a wrong token or an accommodation that is not let.
pub async fn export(app: &App, token: &str, taking: Taking) -> Result<Option<Export>, DbError> {
    let now = app.now();
    let mut session = app.read().await?;
    let Some(link) = calendar_link::find(&mut session, token, now).await? else { return Ok(None) };
    let accommodation = store::accommodation::find(&mut session, &link.accommodation_id).await?;
    let Some(accommodation) = accommodation.filter(|accommodation| accommodation.active) else {
        return Ok(None);
    };
    let events = events(app, &mut session, &accommodation, &link.reader, now).await?;
    let text = written(&accommodation, &events);
    let digest = hex::encode(&Sha256::digest(&text)[..16]);
    let before = calendar_shown::find(&mut session, &accommodation.id, &link.reader).await?;
    drop(session);

    let shown = events.iter().map(|(_, shown)| shown).collect::<Vec<_>>();
    let shown = serde_json::to_value(&shown).expect("shown events are plain data");
    let is_same = before.as_ref().is_some_and(|shown| shown.digest == digest);
    let is_noted = |before: &Shown| {
        before.events.as_ref() == Some(&shown) && before.read_at.is_some_and(|at| now < at + NOTE_EVERY)
    };
    let is_noted = taking == Taking::Head || before.as_ref().is_some_and(is_noted);
    let modified_at = before.as_ref().filter(|_| is_same).map_or(now, |shown| shown.changed_at);
    if !is_same || !is_noted {
        let seen = taking == Taking::Calendar;
        let row = Shown {
            accommodation_id: accommodation.id.clone(),
            reader: link.reader,
            digest: digest.clone(),
            changed_at: modified_at,
            events: seen.then_some(shown),
            read_at: seen.then_some(now),
        };
        let mut session = app.begin().await?;
        calendar_shown::put(&mut session, &row).await?;
        session.commit().await?;
    }
    Ok(Some(Export { text, etag: format!("\"{digest}\""), modified_at }))
}

/// Somebody tried an address that opens nothing. Told when it is too many on one day.
pub async fn note_refusal(app: &App) -> Result<(), DbError> {
    app.metrics.ical_exports.get_or_create(&OutcomeLabels { outcome: "refused" }).inc();
    let now = app.now();
    let mut session = app.begin().await?;
    let refused = calendar_refusal::count(&mut session, app.defaults.zone.today(now)).await?;
    tracing::warn!(refused_today = refused, "a calendar was asked for at an address that opens nothing");
    if refused > i64::from(app.config.ical.refusals_per_day) {
        let probed = Trouble::CalendarProbed { times: u32::try_from(refused).unwrap_or(u32::MAX) };
        alerts::open(app, &mut session, &probed, "export", now).await?;
    }
    app.commit(session).await
}

/// A day on which few tried ends what was told of the one before.
pub(crate) async fn forget_refusals(app: &App, session: &mut Session, now: Timestamp) -> Result<(), DbError> {
    let today = app.defaults.zone.today(now);
    if calendar_refusal::of_day(session, today).await? <= i64::from(app.config.ical.refusals_per_day) {
        alerts::close(app, session, Kind::CalendarProbed, "export", now).await?;
    }
    calendar_refusal::delete_before(session, today.saturating_sub(30.days())).await?;
    Ok(())
}

/// What the platform behind `source` was last shown of this accommodation, but for what came from there: by its own
/// link, or by the common one while it has never used its own.
pub(super) async fn shown_to(
    session: &mut Session,
    accommodation_id: &AccommodationId,
    source: &str,
) -> Result<Vec<ShownEvent>, DbError> {
    let all = calendar_shown::list(session, accommodation_id).await?;
    let read = |reader: &str| all.iter().find(|shown| shown.reader == reader && shown.events.is_some());
    let Some(shown) = read(source).or_else(|| read(ALL)) else { return Ok(Vec::new()) };
    let events = shown.events.clone().unwrap_or_default();
    let events: Vec<ShownEvent> =
        serde_json::from_value(events).map_err(|_| DbError::Corrupt("what a reader was shown"))?;
    Ok(events.into_iter().filter(|event| event.source.as_deref() != Some(source)).collect())
}

/// The UIDs of a reading that this desk made for this accommodation. Those of another one are no echo: two units may
/// read each other on purpose.
pub(super) async fn own_uids(
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

async fn events(
    app: &App,
    session: &mut Session,
    accommodation: &Accommodation,
    reader: &str,
    now: Timestamp,
) -> Result<Vec<(ExportEvent, ShownEvent)>, DbError> {
    let today = accommodation.zone.today(now);
    let day = |days: i32| today.checked_add(days.days()).unwrap_or(today);
    let Ok(window) = Period::new(day(-EXPORT_PAST_DAYS), day(EXPORT_AHEAD_DAYS)) else {
        return Ok(Vec::new());
    };
    let host = host(app);
    let stays = store::stay::list_shown(session, &accommodation.id, &window, now).await?;
    let ids: Vec<String> = stays.iter().map(|stay| stay.terms().id.as_str().to_owned()).collect();
    let changed: HashMap<String, Timestamp> = audit::list_last(session, &ids).await?.into_iter().collect();
    let mut events: Vec<_> = stays.iter().map(|stay| (stay_event(stay, &changed, &host), None)).collect();
    for block in block::list_for_reader(session, &accommodation.id, &window, reader).await? {
        events.push((block_event(&block, &host), Some(block.source)));
    }
    let with_shown = |(event, source): (ExportEvent, Option<String>)| {
        let shown = ShownEvent {
            uid: event.uid.clone(),
            check_in: event.check_in,
            check_out: event.check_out,
            source,
        };
        (event, shown)
    };
    Ok(events.into_iter().map(with_shown).collect())
}

fn written(accommodation: &Accommodation, events: &[(ExportEvent, ShownEvent)]) -> String {
    let calendar = ical::ExportCalendar {
        name: accommodation.name.clone(),
        product: "-//Conserje//Calendar//EN".to_owned(),
    };
    let events: Vec<ExportEvent> = events.iter().map(|(event, _)| event.clone()).collect();
    ical::write(&calendar, &events)
}

fn stay_event(stay: &Stay, changed: &HashMap<String, Timestamp>, host: &str) -> ExportEvent {
    let terms = stay.terms();
    ExportEvent {
        uid: format!("{}@{host}", terms.id),
        check_in: terms.period.check_in(),
        check_out: terms.period.check_out(),
        summary: "Reserved".to_owned(),
        sequence: u32::try_from(terms.version - 1).unwrap_or(0),
        stamped_at: terms.created_at,
        modified_at: changed.get(terms.id.as_str()).copied().unwrap_or(terms.created_at),
    }
}

fn block_event(exported: &Exported, host: &str) -> ExportEvent {
    let block = &exported.block;
    ExportEvent {
        uid: format!("{}.{}@{host}", block.feed, hex::encode(&block.uid)),
        check_in: block.period.check_in(),
        check_out: block.period.check_out(),
        summary: "Not available".to_owned(),
        sequence: u32::try_from(exported.sequence).unwrap_or(0),
        stamped_at: exported.created_at,
        modified_at: exported.updated_at,
    }
}

/// What our UIDs end in.
fn host(app: &App) -> String {
    let base_url = app.config.base_url();
    let host = base_url.split("://").last().unwrap_or_default().split(['/', ':']).next().unwrap_or_default();
    if host.is_empty() { "conserje".to_owned() } else { host.to_owned() }
}
