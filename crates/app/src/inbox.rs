//! Events from outside, stored before they are answered: row, dedupe key and job in one commit.

use std::sync::Arc;

use providers::chat::incoming::{Incoming, Kind};
use serde_json::{Value, json};
use store::{db::DbError, inbox::Event};

use crate::{
    App,
    batch::{self, Batcher, Flush},
    jobs::Job,
    payment::Look,
};

/// One webhook's events, ready to be stored.
#[derive(Clone, Debug)]
pub struct Delivery {
    pub events: Vec<(Event, Option<Job>)>,
}

/// How many events were new; the rest had come before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accepted {
    pub new: usize,
}

#[derive(Debug, thiserror::Error)]
pub enum AcceptError {
    #[error("the event could not be written down")]
    Database(#[from] DbError),
    #[error(transparent)]
    NotDone(#[from] batch::NotDone),
}

/// Stores a delivery durably; only then may the sender hear a 200.
pub async fn accept(app: &Arc<App>, delivery: Delivery) -> Result<Accepted, AcceptError> {
    Ok(batch::submit(app, delivery).await??)
}

/// The events of a WhatsApp webhook. Echoes of the owner's own phone and notices of the account are only recorded.
pub fn from_whatsapp(app: &App, incoming: Vec<Incoming>) -> Delivery {
    let now = app.now();
    let events = incoming.into_iter().map(|one| {
        let account = one.account.clone().unwrap_or_default();
        let id = app.entropy.id(now);
        let job = match &one.kind {
            Kind::Message(_) | Kind::Status(_) => {
                Some(Job::HandleMessage { inbox_id: id.clone(), order_key: order_key(&account, &one.kind) })
            }
            Kind::Echo(_) | Kind::Notice { .. } => None,
        };
        let external_id = one.dedupe_key();
        let to_be_handled = job.is_some();
        (Event { id, source: "whatsapp", account, external_id, payload: alone(one), to_be_handled }, job)
    });
    Delivery { events: events.collect() }
}

/// One event as a webhook of its own, so that the worker reads it as it was read at the door.
fn alone(one: Incoming) -> Value {
    let value = match &one.kind {
        Kind::Message(message) => {
            let from = &message.from;
            let contact = json!({
                "wa_id": from.phone,
                "user_id": from.user_id,
                "profile": { "name": from.profile_name, "username": from.username },
            });
            json!({ "contacts": [contact], "messages": [one.raw] })
        }
        Kind::Status(_) => json!({ "statuses": [one.raw] }),
        Kind::Echo(_) | Kind::Notice { .. } => return one.raw,
    };
    let mut value = value;
    value["metadata"] = json!({ "phone_number_id": one.account });
    json!({ "object": "whatsapp_business_account", "entry": [{ "changes": [{ "field": "messages", "value": value }] }] })
}

/// A notification of a payment provider: "look at this". Each is kept; looking twice is harmless.
///
/// `event_id` names the delivery at the provider; without one each counts as new.
pub fn from_provider(
    app: &App,
    provider: &'static str,
    look: Look,
    event_id: Option<&str>,
    notice: Value,
) -> Delivery {
    let now = app.now();
    let id = app.entropy.id(now);
    let external_id = event_id.map_or_else(|| id.clone(), |event_id| format!("{}:{event_id}", look.id()));
    let job = Job::ReadPayment { provider: provider.to_owned(), look, asked_by: Some(id.clone()) };
    let event = Event {
        id,
        source: provider,
        account: String::new(),
        external_id,
        payload: notice,
        to_be_handled: true,
    };
    Delivery { events: vec![(event, Some(job))] }
}

/// Messages of one guest are handled in the order in which they came; the rest needs no order.
fn order_key(account: &str, kind: &Kind) -> Option<String> {
    let Kind::Message(message) = kind else { return None };
    let person = message.from.user_id.as_ref().or(message.from.phone.as_ref())?;
    Some(format!("in:whatsapp:{account}:{person}"))
}

impl Flush for Delivery {
    type Result = Result<Accepted, DbError>;

    fn batcher(app: &App) -> &Batcher<Self, Self::Result> {
        &app.deliveries
    }

    async fn flush(app: &Arc<App>, deliveries: Vec<Self>) -> Vec<Self::Result> {
        let alone = deliveries.len() == 1;
        match store_together(app, &deliveries).await {
            Ok(accepted) => accepted.into_iter().map(Ok).collect(),
            Err(error) if alone => vec![Err(error)],
            Err(error) => {
                tracing::warn!(%error, deliveries = deliveries.len(), "a batch of webhooks failed; one by one");
                let mut results = Vec::with_capacity(deliveries.len());
                for delivery in &deliveries {
                    let single = store_together(app, std::slice::from_ref(delivery)).await;
                    results.push(
                        single.map(|accepted| accepted.first().copied().unwrap_or(Accepted { new: 0 })),
                    );
                }
                results
            }
        }
    }
}

async fn store_together(app: &App, deliveries: &[Delivery]) -> Result<Vec<Accepted>, DbError> {
    let now = app.now();
    let arrivals: Vec<_> = deliveries
        .iter()
        .flat_map(|delivery| &delivery.events)
        .map(|(event, job)| (event.clone(), job.clone().map(|job| job.enqueue_at(now))))
        .collect();
    let single = arrivals.len() <= store::inbox::ONE_STATEMENT;
    let mut session = if single { app.db.begin_single().await? } else { app.begin().await? };
    let new = store::inbox::accept(&mut session, &arrivals, now).await?;
    app.commit(session).await?;
    let is_new = |(event, _): &&(Event, Option<Job>)| new.contains(&event.id);
    let count = |delivery: &Delivery| delivery.events.iter().filter(is_new).count();
    Ok(deliveries.iter().map(|delivery| Accepted { new: count(delivery) }).collect())
}
