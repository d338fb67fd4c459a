//! Events from outside, stored before they are answered: row, dedupe key and job in one commit.

use std::sync::Arc;

use store::{db::DbError, queue::NewJob};

use crate::{
    App,
    commit_batch::{self, Flush},
    current_cause,
};

pub use store::webhook_event::Event;

/// The events of one webhook request, ready to be stored, each with the job that handles it.
#[derive(Clone, Debug)]
pub struct Delivery {
    pub events: Vec<(Event, Option<NewJob>)>,
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
    NotDone(#[from] commit_batch::NotDone),
}

/// Stores a delivery durably; only then may the sender hear a 200.
pub async fn accept(app: &Arc<App>, mut delivery: Delivery) -> Result<Accepted, AcceptError> {
    // Several requests share a transaction: each job says which one it came with.
    for job in delivery.events.iter_mut().filter_map(|(_, job)| job.as_mut()) {
        job.cause = current_cause::current();
    }
    Ok(commit_batch::submit(app, delivery).await??)
}

impl Flush for Delivery {
    type Result = Result<Accepted, DbError>;

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
    let arrivals: Vec<_> = deliveries.iter().flat_map(|delivery| &delivery.events).cloned().collect();
    let single = arrivals.len() <= store::webhook_event::ONE_STATEMENT;
    let mut session = if single { app.db.begin_single().await? } else { app.begin().await? };
    let new = store::webhook_event::accept(&mut session, &arrivals, now).await?;
    app.commit(session).await?;
    let is_new = |(event, _): &&(Event, Option<NewJob>)| new.contains(&event.id);
    let count = |delivery: &Delivery| delivery.events.iter().filter(is_new).count();
    Ok(deliveries.iter().map(|delivery| Accepted { new: count(delivery) }).collect())
}
