//! What a chat channel's webhook brought: stored in our own form, the raw text beside it, and handled by a job.

use std::sync::Arc;

use domain::actor::Actor;
use kernel::{
    App,
    jobs::{Done, Job, JobError},
    messages::apply_status,
    stored_webhooks::{Delivery, Event},
};
use providers::chat::{
    incoming::{Incoming, Kind},
    whatsapp::webhook,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::{queue::Claim, webhook_event};

use crate::handle_guest_message::hear;

/// The shape of a stored event. A version that cannot be read any more is a dead letter, and a person sees it.
const VERSION: i64 = 1;

/// The events of one webhook request, ready to be stored. Echoes of the owner's own phone and notices of the account are
/// only recorded.
pub fn delivery_of(app: &App, channel: &'static str, incoming: Vec<Incoming>) -> Delivery {
    let now = app.now();
    let events = incoming.into_iter().map(|one| {
        let account = one.account.clone().unwrap_or_default();
        let id = app.rng.id(now);
        let job = match &one.kind {
            Kind::Message(_) | Kind::Status(_) => {
                let order_key = order_key(channel, &account, &one.kind);
                Some(HandleMessage { inbox_id: id.clone(), order_key }.enqueue_at(now))
            }
            Kind::Echo(_) | Kind::Notice { .. } => None,
        };
        let external_id = one.dedupe_key();
        let to_be_handled = job.is_some();
        let payload = json!({ "version": VERSION, "channel": channel, "event": one });
        (Event { id, source: channel, account, external_id, payload, to_be_handled }, job)
    });
    Delivery { events: events.collect() }
}

/// Messages of one guest are handled in the order in which they came; the rest needs no order.
fn order_key(channel: &str, account: &str, kind: &Kind) -> Option<String> {
    let Kind::Message(message) = kind else { return None };
    let person = message.from.user_id.as_ref().or(message.from.phone.as_ref())?;
    Some(format!("in:{channel}:{account}:{person}"))
}

/// Handles one stored event of a chat channel: a guest's message, or news of a message of ours.
#[derive(Serialize, Deserialize)]
pub struct HandleMessage {
    inbox_id: String,
    order_key: Option<String>,
}

impl Job for HandleMessage {
    const KIND: &'static str = "handle_message";
    const QUEUE: &'static str = "inbox";

    fn order_key(&self) -> Option<String> {
        self.order_key.clone()
    }

    async fn run(self, app: &Arc<App>, claim: &Claim) -> Result<Done, JobError> {
        handle(app, claim, &self.inbox_id).await
    }
}

/// One event, one transaction: what was understood, what was done about it and what is said of it are committed together
/// with the end of the job, so that nothing is done twice and nothing is said that did not happen.
async fn handle(app: &Arc<App>, claim: &Claim, inbox_id: &str) -> Result<Done, JobError> {
    let mut tx = app.begin_as(Actor::Guest).await?;
    let stored = webhook_event::find(&mut tx.session, inbox_id).await?;
    let stored = stored.ok_or(JobError::fail("the stored event is gone"))?;
    if !stored.handled {
        let Received { channel, events } = read(stored.payload)?;
        for event in events {
            let account = event.account.unwrap_or_default();
            match event.kind {
                Kind::Message(message) => {
                    let at = message.at.unwrap_or(stored.received_at);
                    hear(&mut tx, (&channel, &account), message, at).await?;
                }
                Kind::Status(status) => apply_status(&mut tx, &status).await?,
                Kind::Echo(_) | Kind::Notice { .. } => {}
            }
        }
        webhook_event::mark_handled(&mut tx.session, &[inbox_id], "handled", tx.now).await?;
    }
    tx.finish(claim).await
}

struct Received {
    channel: String,
    events: Vec<Incoming>,
}

#[derive(Deserialize)]
struct Stored {
    version: i64,
    channel: String,
    event: Incoming,
}

fn read(payload: Value) -> Result<Received, JobError> {
    // The versions before stored an envelope of WhatsApp around each event.
    if payload.get("entry").is_some() {
        let events = webhook::parse(payload.to_string().as_bytes());
        let events = events.map_err(|_| JobError::fail("the stored event is not JSON"))?;
        return Ok(Received { channel: "whatsapp".to_owned(), events });
    }
    let unreadable = |_| JobError::fail("the stored event has another shape than this version reads");
    let stored: Stored = serde_json::from_value(payload).map_err(unreadable)?;
    if stored.version != VERSION {
        return Err(JobError::fail("the stored event is of another version"));
    }
    Ok(Received { channel: stored.channel, events: vec![stored.event] })
}
