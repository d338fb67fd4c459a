//! What the host must hear at once: each incident once when it begins and once when it ends, wherever the settings say.
//!
//! An incident is a row, so a restart repeats nothing; each message is a job, so a service that is away gets it later.
//! Where nothing is set up, the list of what waits for a person (`attention`) shows the same.

use dialog::{Locale, Trouble, say::trouble};
use jiff::{SignedDuration, Timestamp};
use providers::{alert::Notice, http::CallError};
use store::{
    attention as list,
    db::{DbError, Session},
    incident::{self, Incident},
    queue,
};

use crate::{
    App, attention,
    jobs::{Done, Job, JobError},
};

/// Where alerts go, by the settings.
mod targets;

pub(crate) use targets::targets;
pub use targets::{Tried, try_out};

/// What can be wrong for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A calendar could not be read several times in a row.
    CalendarFailing,
    /// A calendar was last read long ago.
    CalendarStale,
    /// A calendar's server takes long.
    CalendarSlow,
    /// A calendar has lost more than a cancellation explains.
    CalendarShrunk,
    /// A calendar has events whose days cannot be read.
    CalendarUnreadable,
    /// Nights were sold twice.
    CalendarClash,
    /// Somebody tries addresses of calendars out.
    CalendarProbed,
    /// A calendar has a new address that its reader must be given.
    CalendarLinkReplaced,
}

impl Kind {
    /// Those about one feed: they end with it.
    pub const OF_FEEDS: [Self; 5] = [
        Self::CalendarFailing,
        Self::CalendarStale,
        Self::CalendarSlow,
        Self::CalendarShrunk,
        Self::CalendarUnreadable,
    ];

    fn of(trouble: &Trouble) -> Self {
        match trouble {
            Trouble::CalendarFailing { .. } => Self::CalendarFailing,
            Trouble::CalendarStale { .. } => Self::CalendarStale,
            Trouble::CalendarSlow { .. } => Self::CalendarSlow,
            Trouble::CalendarShrunk { .. } => Self::CalendarShrunk,
            Trouble::CalendarUnreadable { .. } => Self::CalendarUnreadable,
            Trouble::CalendarClash { .. } => Self::CalendarClash,
            Trouble::CalendarProbed { .. } => Self::CalendarProbed,
            Trouble::CalendarLinkReplaced { .. } => Self::CalendarLinkReplaced,
        }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::CalendarFailing => "calendar_failing",
            Self::CalendarStale => "calendar_stale",
            Self::CalendarSlow => "calendar_slow",
            Self::CalendarShrunk => "calendar_shrunk",
            Self::CalendarUnreadable => "calendar_unreadable",
            Self::CalendarClash => "calendar_clash",
            Self::CalendarProbed => "calendar_probed",
            Self::CalendarLinkReplaced => "calendar_link_replaced",
        }
    }
}

/// Which end of an incident a message tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    Begun,
    Over,
}

/// Something is wrong: told unless it was told already.
pub(crate) async fn open(
    app: &App,
    session: &mut Session,
    trouble: &Trouble,
    subject: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    let kind = Kind::of(trouble).as_str();
    let incident = Incident {
        id: app.entropy.id(now),
        kind: kind.to_owned(),
        subject: subject.to_owned(),
        detail: serde_json::to_string(trouble).expect("facts are plain data"),
        opened_at: now,
        closed_at: None,
    };
    if !incident::open(session, &incident).await? {
        return Ok(());
    }
    // Logs, and the list for people, are in English.
    let dialog::Notice { title, text } = trouble::begun(trouble, Locale::En);
    tracing::warn!(kind, subject, title, "an incident has begun");
    attention::raise(app, session, subject, kind, &format!("{title}. {text}"), now).await?;
    enqueue(app, session, &incident, Phase::Begun, now).await
}

/// It is over: told if its beginning was.
pub(crate) async fn close(
    app: &App,
    session: &mut Session,
    kind: Kind,
    subject: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    let Some(incident) = incident::close(session, kind.as_str(), subject, now).await? else { return Ok(()) };
    tracing::info!(kind = incident.kind, subject, "an incident is over");
    list::resolve_about(session, subject, kind.as_str(), now).await?;
    enqueue(app, session, &incident, Phase::Over, now).await
}

/// What open incidents of one kind are about.
pub(crate) async fn list_subjects(session: &mut Session, kind: Kind) -> Result<Vec<String>, DbError> {
    let open = incident::list_open(session).await?;
    let of_kind = open.into_iter().filter(|incident| incident.kind == kind.as_str());
    Ok(of_kind.map(|incident| incident.subject).collect())
}

async fn enqueue(
    app: &App,
    session: &mut Session,
    incident: &Incident,
    phase: Phase,
    now: Timestamp,
) -> Result<(), DbError> {
    let job = |target: &providers::alert::Target| {
        let target = target.name().into_owned();
        Job::SendAlert { incident_id: incident.id.clone(), target, phase }.enqueue_at(now)
    };
    let jobs: Vec<_> = app.alerts.iter().map(job).collect();
    queue::enqueue(session, &jobs, now).await
}

/// Sends one message about one incident: the job.
pub async fn send(app: &App, incident_id: &str, target: &str, phase: Phase) -> Result<Done, JobError> {
    let found = incident::find(&mut app.read().await?, incident_id).await?;
    let target = app.alerts.iter().find(|one| one.name() == target);
    // Forgotten, or the settings name it no longer.
    let Some((incident, target)) = found.zip(target) else { return Ok(Done::Finish) };
    match target.send(&notice(app, &incident, phase)).await {
        Ok(()) => Ok(Done::Finish),
        Err(CallError::Retry { after: Some(after), detail }) => {
            let after = SignedDuration::try_from(after).unwrap_or(SignedDuration::from_mins(1));
            Err(JobError::wait(after, detail))
        }
        Err(error @ (CallError::Retry { .. } | CallError::Unknown { .. })) => {
            Err(JobError::Again(error.to_string()))
        }
        Err(error @ (CallError::Refused { .. } | CallError::Denied { .. })) => {
            Err(JobError::Fail(error.to_string()))
        }
    }
}

/// Worded when it is sent, in the property's language; the same at each try.
fn notice(app: &App, incident: &Incident, phase: Phase) -> Notice {
    let locale = app.defaults.locale;
    let facts: Result<Trouble, _> = serde_json::from_str(&incident.detail);
    let begun_id = format!("{}.begun", incident.id);
    let (words, id, answers, at) = match phase {
        Phase::Begun => {
            (facts.map(|facts| trouble::begun(&facts, locale)), begun_id, None, incident.opened_at)
        }
        Phase::Over => {
            let ended_at = incident.closed_at.unwrap_or(incident.opened_at);
            let id = format!("{}.over", incident.id);
            (facts.map(|facts| trouble::over(&facts, locale)), id, Some(begun_id), ended_at)
        }
    };
    // A row of a version that knew other troubles: better its kind than nothing.
    let unknown = |_| dialog::Notice { title: incident.kind.clone(), text: incident.detail.clone() };
    let words = words.unwrap_or_else(unknown);
    Notice { id, answers, at, title: titled(&app.config.property.name, &words.title), text: words.text }
}

fn titled(property: &str, title: &str) -> String {
    format!("{property}: {title}")
}
