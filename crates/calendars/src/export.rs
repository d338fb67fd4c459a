//! Our calendar for others: what is live, and blocks that came from elsewhere than the reader.

use std::collections::HashSet;

use dialog::Trouble;
use domain::{
    ids::{AccommodationId, StayId},
    period::Period,
};
use ical::{ExportCalendar, ExportEvent};
use jiff::{SignedDuration, Timestamp, ToSpan, civil::Date};
use store::{
    calendar_export::{self, Exported, Reading, What},
    calendar_refusal,
    calendar_shown::{self, Shown},
    db::{DbError, Session},
    feed,
};

use crate::{
    incident::{self, Kind},
    room,
};
use crate::{loopback::ShownEvent, version};
use kernel::{App, metrics::OutcomeLabels};

/// What our own feed covers.
const EXPORT_PAST_DAYS: i32 = 30;
const EXPORT_AHEAD_DAYS: i32 = 731;
/// That a reader came again is written down no more often than this.
const NOTE_EVERY: SignedDuration = SignedDuration::from_mins(1);

/// Our calendar as one reader sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Export {
    /// Of all that the text is made of; in quotes.
    pub etag: String,
    /// When the calendar became what it is.
    pub modified_at: Timestamp,
    calendar: ExportCalendar,
    events: Vec<ExportEvent>,
}

impl Export {
    /// The text that the ETag stands for. Not needed to know whether a reader has it.
    pub fn text(&self) -> String {
        ical::write(&self.calendar, &self.events)
    }
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
    let Some(reading) = calendar_export::find(&mut session, token, now).await? else { return Ok(None) };
    let exported = match window(reading.zone.today(now)) {
        Some(window) => {
            let Reading { accommodation_id, reader, .. } = &reading;
            calendar_export::list(&mut session, accommodation_id, reader, &window, now).await?
        }
        None => Vec::new(),
    };
    drop(session);

    let host = host(app);
    let calendar =
        ExportCalendar { name: reading.name.clone(), product: "-//Conserje//Calendar//EN".to_owned() };
    let events: Vec<ExportEvent> = exported.iter().map(|exported| event(exported, &host)).collect();
    let shown = || events.iter().zip(&exported).map(|(event, exported)| shown(event, exported)).collect();
    let digest = version::digest(&calendar, &events);
    let modified_at = note(app, &reading, &digest, shown, taking, now).await?;
    Ok(Some(Export { etag: format!("\"{digest}\""), modified_at, calendar, events }))
}

/// Somebody tried an address that opens nothing. Told when it is too many on one day.
pub async fn note_refusal(app: &App) -> Result<(), DbError> {
    room(app).metrics.exports.get_or_create(&OutcomeLabels { outcome: "refused" }).inc();
    let now = app.now();
    let mut session = app.begin().await?;
    let refused = calendar_refusal::count(&mut session, app.property.zone.today(now)).await?;
    tracing::warn!(refused_today = refused, "a calendar was asked for at an address that opens nothing");
    if refused > i64::from(room(app).settings.refusals_per_day) {
        let probed = Trouble::CalendarProbed { times: u32::try_from(refused).unwrap_or(u32::MAX) };
        incident::open(app, &mut session, &probed, "export", now).await?;
    }
    app.commit(session).await
}

/// A day on which few tried ends what was told of the one before.
pub async fn forget_refusals(app: &App, session: &mut Session, now: Timestamp) -> Result<(), DbError> {
    let today = app.property.zone.today(now);
    if calendar_refusal::of_day(session, today).await? <= i64::from(room(app).settings.refusals_per_day) {
        incident::close(app, session, Kind::Probed, "export", now).await?;
    }
    calendar_refusal::delete_before(session, today.saturating_sub(30.days())).await?;
    Ok(())
}

/// What a reader was shown is believed to stand there so long after its last reading: later, what it has closed may as well
/// be sold.
const BELIEVED_FOR: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What the platform behind `source` was last shown of this accommodation, but for what came from there: by its own link
/// and no other, since nobody knows who follows the common one. None where nothing is known of what it was shown.
pub(crate) async fn shown_to(
    session: &mut Session,
    accommodation_id: &AccommodationId,
    source: &str,
    now: Timestamp,
) -> Result<Option<Vec<ShownEvent>>, DbError> {
    let all = calendar_shown::list(session, accommodation_id).await?;
    let is_believed = |at: Timestamp| now.duration_since(at) <= BELIEVED_FOR;
    let mut own =
        all.into_iter().filter(|shown| shown.reader == source && shown.read_at.is_some_and(is_believed));
    let Some(events) = own.next().and_then(|shown| shown.events) else { return Ok(None) };
    let events: Vec<ShownEvent> =
        serde_json::from_value(events).map_err(|_| DbError::Corrupt("what a reader was shown"))?;
    Ok(Some(events.into_iter().filter(|event| event.source.as_deref() != Some(source)).collect()))
}

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

/// Writes down what the reader has been shown, unless it is written down already. Returns since when the calendar has
/// been what it is.
async fn note(
    app: &App,
    reading: &Reading,
    digest: &str,
    shown: impl FnOnce() -> Vec<ShownEvent>,
    taking: Taking,
    now: Timestamp,
) -> Result<Timestamp, DbError> {
    let last = reading.last.as_ref();
    let same = last.filter(|last| last.digest == digest);
    let modified_at = same.map_or(now, |last| last.changed_at);
    let is_taken = last.is_some_and(|last| last.taken_digest.as_deref() == Some(digest));
    let is_noted = match taking {
        Taking::Head => true,
        Taking::Calendar => {
            is_taken && last.and_then(|last| last.read_at).is_some_and(|at| now < at + NOTE_EVERY)
        }
    };
    if same.is_some() && is_noted {
        return Ok(modified_at);
    }
    let is_seen = taking == Taking::Calendar;
    let events =
        (is_seen && !is_taken).then(|| serde_json::to_value(shown()).expect("shown events are plain data"));
    let row = Shown {
        accommodation_id: reading.accommodation_id.clone(),
        reader: reading.reader.clone(),
        digest: digest.to_owned(),
        changed_at: modified_at,
        events,
        read_at: is_seen.then_some(now),
    };
    let mut session = app.begin().await?;
    calendar_shown::put(&mut session, &row).await?;
    session.commit().await?;
    Ok(modified_at)
}

fn window(today: Date) -> Option<Period> {
    let day = |days: i32| today.checked_add(days.days()).unwrap_or(today);
    Period::new(day(-EXPORT_PAST_DAYS), day(EXPORT_AHEAD_DAYS)).ok()
}

fn event(exported: &Exported, host: &str) -> ExportEvent {
    let (uid, summary) = match &exported.what {
        What::Stay(id) => (format!("{id}@{host}"), "Reserved"),
        What::Block { feed_id, uid, .. } => {
            (format!("{feed_id}.{}@{host}", hex::encode(uid)), "Not available")
        }
    };
    ExportEvent {
        uid,
        check_in: exported.check_in,
        check_out: exported.check_out,
        summary: summary.to_owned(),
        sequence: u32::try_from(exported.sequence).unwrap_or(0),
        stamped_at: exported.created_at,
        modified_at: exported.changed_at,
    }
}

fn shown(event: &ExportEvent, exported: &Exported) -> ShownEvent {
    let source = match &exported.what {
        What::Stay(_) => None,
        What::Block { source, .. } => Some(source.clone()),
    };
    ShownEvent { uid: event.uid.clone(), check_in: event.check_in, check_out: event.check_out, source }
}

/// What our UIDs end in.
fn host(app: &App) -> String {
    let base_url = app.settings.base_url();
    let host = base_url.split("://").last().unwrap_or_default().split(['/', ':']).next().unwrap_or_default();
    if host.is_empty() { "conserje".to_owned() } else { host.to_owned() }
}
