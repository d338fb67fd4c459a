//! What is wrong for a while: staff are told once when it begins and once when it ends, wherever the settings say.
//!
//! An incident is a row, so a restart repeats nothing; each notification is a job, so a service that is away gets it
//! later. Where nothing is set up, the list of staff tasks shows the same.

use std::sync::Arc;

use dialog::{IncidentFacts, Locale, say::incident_notice};
use jiff::SignedDuration;
use providers::{http::CallError, notification_target::Notice};
use serde::{Deserialize, Serialize};
use store::{
    db::{DbError, Session},
    incident::{self, Incident},
    queue::Claim,
    staff_task,
};

use crate::{
    App, Tx,
    jobs::{Done, Job, JobError, Registry},
};

/// Where notifications go, by the settings.
mod notification_targets;
/// A message to each, to see whether it arrives.
mod try_targets;

pub use notification_targets::targets;
pub use try_targets::{Tried, try_out};

/// Which end of an incident a message tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    Begun,
    Over,
}

/// Something is wrong: told unless it was told already. `kind` names it in the table and in the list of tasks.
pub async fn open(
    tx: &mut Tx<'_>,
    kind: &'static str,
    facts: &IncidentFacts,
    subject: &str,
) -> Result<(), DbError> {
    let incident = Incident {
        id: tx.app.rng.id(tx.now),
        kind: kind.to_owned(),
        subject: subject.to_owned(),
        detail: serde_json::to_string(facts).expect("facts are plain data"),
        opened_at: tx.now,
        closed_at: None,
    };
    if !incident::open(&mut tx.session, &incident).await? {
        return Ok(());
    }
    // Logs, and the list for people, are in English.
    let dialog::Notice { title, text } = incident_notice::begun(facts, Locale::En);
    tracing::warn!(kind, subject, title, "an incident has begun");
    tx.open_task(subject, kind, &format!("{title}. {text}")).await?;
    enqueue(tx, &incident, Phase::Begun).await
}

/// It is over: told if its beginning was.
pub async fn close(tx: &mut Tx<'_>, kind: &'static str, subject: &str) -> Result<(), DbError> {
    let Some(incident) = incident::close(&mut tx.session, kind, subject, tx.now).await? else {
        return Ok(());
    };
    tracing::info!(kind = incident.kind, subject, "an incident is over");
    staff_task::resolve_about(&mut tx.session, subject, kind, tx.now).await?;
    enqueue(tx, &incident, Phase::Over).await
}

/// What open incidents of one kind are about.
pub async fn list_subjects(session: &mut Session, kind: &str) -> Result<Vec<String>, DbError> {
    let open = incident::list_open(session).await?;
    let of_kind = open.into_iter().filter(|incident| incident.kind == kind);
    Ok(of_kind.map(|incident| incident.subject).collect())
}

async fn enqueue(tx: &mut Tx<'_>, incident: &Incident, phase: Phase) -> Result<(), DbError> {
    let job = |target: &providers::notification_target::Target| {
        let target = target.name().into_owned();
        SendAlert { incident_id: incident.id.clone(), target, phase }.enqueue_at(tx.now)
    };
    let jobs: Vec<_> = tx.app.notification_targets.iter().map(job).collect();
    tx.enqueue(&jobs).await
}

/// Sends one notification about one incident.
#[derive(Serialize, Deserialize)]
pub struct SendAlert {
    incident_id: String,
    target: String,
    phase: Phase,
}

impl Job for SendAlert {
    const KIND: &'static str = "send_alert";
    const QUEUE: &'static str = "alerts";

    fn order_key(&self) -> Option<String> {
        Some(format!("alert:{}", self.target))
    }

    async fn run(self, app: &Arc<App>, _: &Claim) -> Result<Done, JobError> {
        send(app, &self.incident_id, &self.target, self.phase).await
    }
}

pub fn jobs(registry: &mut Registry) {
    registry.register::<SendAlert>();
}

async fn send(app: &App, incident_id: &str, target: &str, phase: Phase) -> Result<Done, JobError> {
    let found = incident::find(&mut app.read().await?, incident_id).await?;
    let target = app.notification_targets.iter().find(|one| one.name() == target);
    // Forgotten, or the settings name it no longer.
    let Some((incident, target)) = found.zip(target) else { return Ok(Done::Finish) };
    match target.send(&notice(app, &incident, phase)).await {
        Ok(()) => Ok(Done::Finish),
        Err(CallError::Retry { after: Some(after), detail }) => {
            let after = SignedDuration::try_from(after).unwrap_or(SignedDuration::from_mins(1));
            Err(JobError::retry_after(after, detail))
        }
        Err(error @ (CallError::Retry { .. } | CallError::Unknown { .. })) => {
            Err(JobError::Retry(error.to_string()))
        }
        Err(error @ (CallError::Refused { .. } | CallError::Denied { .. })) => {
            Err(JobError::Fail(error.to_string()))
        }
    }
}

/// Worded when it is sent, in the property's language; the same at each try.
fn notice(app: &App, incident: &Incident, phase: Phase) -> Notice {
    let locale = app.property.locale;
    let facts: Result<IncidentFacts, _> = serde_json::from_str(&incident.detail);
    let begun_id = format!("{}.begun", incident.id);
    let (words, id, answers, at) = match phase {
        Phase::Begun => {
            (facts.map(|facts| incident_notice::begun(&facts, locale)), begun_id, None, incident.opened_at)
        }
        Phase::Over => {
            let ended_at = incident.closed_at.unwrap_or(incident.opened_at);
            let id = format!("{}.over", incident.id);
            (facts.map(|facts| incident_notice::over(&facts, locale)), id, Some(begun_id), ended_at)
        }
    };
    // A row of a version that knew other troubles: better its kind than nothing.
    let unknown = |_| dialog::Notice { title: incident.kind.clone(), text: incident.detail.clone() };
    let words = words.unwrap_or_else(unknown);
    Notice { id, answers, at, title: titled(&app.property.name, &words.title), text: words.text }
}

fn titled(property: &str, title: &str) -> String {
    format!("{property}: {title}")
}
