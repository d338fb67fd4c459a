//! What the host must hear at once: each incident once when it begins and once when it ends, wherever the settings say.
//!
//! An incident is a row, so a restart repeats nothing; each message is a job, so a service that is away gets it later.
//! Where nothing is set up, the list of what waits for a person (`attention`) shows the same.

use jiff::{SignedDuration, Timestamp};
use providers::{alert, http::CallError};
use store::{
    attention as list,
    db::{DbError, Session},
    incident::{self, Incident},
    queue,
};

use crate::{
    App, attention,
    config::Config,
    jobs::{Done, Job, JobError},
};

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
    /// Nights were sold twice.
    CalendarClash,
    /// Somebody tries addresses of calendars out.
    CalendarProbed,
    /// A calendar has a new address that its reader must be given.
    CalendarLinkReplaced,
}

impl Kind {
    /// Those about one feed: they end with it.
    pub const OF_FEEDS: [Self; 4] =
        [Self::CalendarFailing, Self::CalendarStale, Self::CalendarSlow, Self::CalendarShrunk];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::CalendarFailing => "calendar_failing",
            Self::CalendarStale => "calendar_stale",
            Self::CalendarSlow => "calendar_slow",
            Self::CalendarShrunk => "calendar_shrunk",
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
    kind: Kind,
    subject: &str,
    detail: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    let incident = Incident {
        id: app.entropy.id(now),
        kind: kind.as_str().to_owned(),
        subject: subject.to_owned(),
        detail: detail.to_owned(),
        opened_at: now,
        closed_at: None,
    };
    if !incident::open(session, &incident).await? {
        return Ok(());
    }
    tracing::warn!(kind = incident.kind, subject, detail, "an incident has begun");
    attention::raise(app, session, subject, kind.as_str(), detail, now).await?;
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
    let job = |target: &alert::Target| {
        let target = target.name().to_owned();
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
    match target.send(&text(app, &incident, phase)).await {
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

fn text(app: &App, incident: &Incident, phase: Phase) -> String {
    let name = &app.config.property.name;
    match phase {
        Phase::Begun => format!("{name}: {}.", incident.detail),
        Phase::Over => format!("{name}: over: {}.", incident.detail),
    }
}

/// Where alerts go, by the settings.
pub(crate) fn targets(config: &Config, http: &reqwest::Client) -> Vec<alert::Target> {
    let settings = &config.alerts;
    let secret = |secret: &crate::config::Secret| secret.given().map(providers::Secret::new);
    let slack =
        secret(&settings.slack_webhook_url).map(|url| alert::Target::Slack { http: http.clone(), url });
    let discord =
        secret(&settings.discord_webhook_url).map(|url| alert::Target::Discord { http: http.clone(), url });
    let telegram = secret(&settings.telegram_token).map(|token| alert::Target::Telegram {
        http: http.clone(),
        base_url: settings.telegram_base_url.clone(),
        token,
        chat_id: settings.telegram_chat_id.clone(),
    });
    slack.into_iter().chain(discord).chain(telegram).collect()
}
