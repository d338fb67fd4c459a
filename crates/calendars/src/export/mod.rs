//! Our calendar for others: what is live, and blocks that came from elsewhere than the reader.

/// Which version of it somebody has.
mod digest;

use domain::period::Period;
use ical::{ExportCalendar, ExportEvent};
use jiff::{SignedDuration, Timestamp, ToSpan, civil::Date};
use store::{
    calendar_export::{self, Exported, Reading, What},
    calendar_last_shown::{self, Shown},
    db::DbError,
};

use kernel::App;

use crate::{own_events_coming_back::ShownEvent, own_uids::host};

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
    let digest = digest::digest(&calendar, &events);
    let modified_at = note(app, &reading, &digest, shown, taking, now).await?;
    Ok(Some(Export { etag: format!("\"{digest}\""), modified_at, calendar, events }))
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
    calendar_last_shown::put(&mut session, &row).await?;
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
        created_at: exported.created_at,
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
