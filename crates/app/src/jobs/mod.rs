//! Who runs what, when. A job is one variant, one line in [`Job::run`], one function in its noun's file.

use std::sync::Arc;

use domain::ids::StayId;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use store::{
    db::{DbError, Session},
    queue::{self, Claim, NewJob},
};

use crate::{App, alerts, calendar, conversation, outbox, payment};

/// Recurring work: tidying, reminding, fetching.
pub mod upkeep;
/// Claims, runs, retries, buries.
pub mod worker;

/// Everything that happens beside requests.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Job {
    HandleMessage {
        inbox_id: String,
        order_key: Option<String>,
    },
    SendMessage {
        message_id: String,
        conversation_id: String,
    },
    /// Without a provider, the first that takes the currency.
    OpenCheckout {
        stay_id: StayId,
        provider: Option<String>,
    },
    CloseCheckouts {
        stay_id: StayId,
    },
    ReadPayment {
        provider: String,
        look: payment::Look,
        asked_by: Option<String>,
    },
    SendRefund {
        refund_id: String,
        /// Refunds of one payment go out one after another: of two equal ones each is recognised.
        payment_id: String,
    },
    FetchFeed {
        feed_id: String,
        /// Of its address: one connection to it at a time.
        #[serde(default)]
        host: Option<String>,
    },
    SendAlert {
        incident_id: String,
        target: String,
        phase: alerts::Phase,
    },
    ExpireHolds,
    RemindHolds,
    CompleteStays,
    FetchFeeds,
    ReconcilePayments,
    AskForCharges,
    CleanUp,
}

/// A job that went well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// Its end was committed together with its effect.
    Committed,
    /// The worker may mark it as done; doing it twice would be harmless.
    Finish,
}

#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// Later, not before `after`.
    #[error("{reason}")]
    Wait { after: SignedDuration, reason: String },
    /// Later, at the usual pace.
    #[error("{0}")]
    Again(String),
    /// Never: into the dead letters.
    #[error("{0}")]
    Fail(String),
    #[error("another worker has the job now")]
    LeaseLost,
    #[error("the database did not take it")]
    Database(#[from] DbError),
}

impl JobError {
    pub fn wait(after: SignedDuration, reason: impl Into<String>) -> Self {
        Self::Wait { after, reason: reason.into() }
    }

    pub fn fail(reason: &str) -> Self {
        Self::Fail(reason.to_owned())
    }
}

/// Commits a job's effect and its end as one. After a lost lease neither happens.
pub(crate) async fn finish(app: &App, mut session: Session, claim: &Claim) -> Result<Done, JobError> {
    queue::finish(&mut session, claim).await?.map_err(|_| JobError::LeaseLost)?;
    app.commit(session).await?;
    Ok(Done::Committed)
}

/// Queues have workers of their own, so that a slow provider holds up only its own kind.
pub const QUEUES: [&str; 6] = ["inbox", "outbox", "payments", "feeds", "alerts", "upkeep"];

/// The key under which refunds of one payment follow each other.
pub(crate) fn refunds_of(payment_id: &str) -> String {
    format!("refund:{payment_id}")
}

impl Job {
    /// All of [`Self::kind`]; the worker checks it in tests.
    pub const KINDS: [&'static str; 15] = [
        "handle_message",
        "send_message",
        "open_checkout",
        "close_checkouts",
        "read_payment",
        "send_refund",
        "fetch_feed",
        "send_alert",
        "expire_holds",
        "remind_holds",
        "complete_stays",
        "fetch_feeds",
        "reconcile_payments",
        "ask_for_charges",
        "clean_up",
    ];

    pub fn enqueue_at(self, run_at: Timestamp) -> NewJob {
        NewJob {
            queue: self.queue(),
            kind: self.kind(),
            dedupe_key: self.dedupe_key(),
            order_key: self.order_key(),
            payload: serde_json::to_value(&self).expect("a job is plain data"),
            run_at,
        }
    }

    pub fn kind(&self) -> &'static str {
        match self {
            Self::HandleMessage { .. } => "handle_message",
            Self::SendMessage { .. } => "send_message",
            Self::OpenCheckout { .. } => "open_checkout",
            Self::CloseCheckouts { .. } => "close_checkouts",
            Self::ReadPayment { .. } => "read_payment",
            Self::SendRefund { .. } => "send_refund",
            Self::FetchFeed { .. } => "fetch_feed",
            Self::SendAlert { .. } => "send_alert",
            Self::ExpireHolds => "expire_holds",
            Self::RemindHolds => "remind_holds",
            Self::CompleteStays => "complete_stays",
            Self::FetchFeeds => "fetch_feeds",
            Self::ReconcilePayments => "reconcile_payments",
            Self::AskForCharges => "ask_for_charges",
            Self::CleanUp => "clean_up",
        }
    }

    fn queue(&self) -> &'static str {
        match self {
            Self::HandleMessage { .. } => "inbox",
            Self::SendMessage { .. } => "outbox",
            Self::OpenCheckout { .. }
            | Self::CloseCheckouts { .. }
            | Self::ReadPayment { .. }
            | Self::SendRefund { .. } => "payments",
            Self::FetchFeed { .. } => "feeds",
            Self::SendAlert { .. } => "alerts",
            Self::ExpireHolds
            | Self::RemindHolds
            | Self::CompleteStays
            | Self::FetchFeeds
            | Self::ReconcilePayments
            | Self::AskForCharges
            | Self::CleanUp => "upkeep",
        }
    }

    /// Recurring work is wanted once, however many processes ask for it.
    fn dedupe_key(&self) -> Option<String> {
        match self {
            Self::ExpireHolds
            | Self::RemindHolds
            | Self::CompleteStays
            | Self::FetchFeeds
            | Self::ReconcilePayments
            | Self::AskForCharges
            | Self::CleanUp => Some(self.kind().to_owned()),
            Self::FetchFeed { feed_id, .. } => Some(format!("fetch_feed:{feed_id}")),
            _ => None,
        }
    }

    /// One after another: a guest's messages, our messages to a guest, looks at one payment, feeds of one host.
    fn order_key(&self) -> Option<String> {
        match self {
            Self::HandleMessage { order_key, .. } => order_key.clone(),
            Self::SendMessage { conversation_id, .. } => Some(format!("out:{conversation_id}")),
            Self::OpenCheckout { stay_id, .. } | Self::CloseCheckouts { stay_id } => {
                Some(format!("checkout:{stay_id}"))
            }
            Self::ReadPayment { provider, look, .. } => Some(format!("payment:{provider}:{}", look.id())),
            Self::SendRefund { payment_id, .. } => Some(refunds_of(payment_id)),
            Self::FetchFeed { host, .. } => host.as_ref().map(|host| format!("host:{host}")),
            Self::SendAlert { target, .. } => Some(format!("alert:{target}")),
            _ => None,
        }
    }

    async fn run(self, app: &Arc<App>, claim: &Claim) -> Result<Done, JobError> {
        match self {
            Self::HandleMessage { inbox_id, .. } => conversation::handle(app, claim, &inbox_id).await,
            Self::SendMessage { message_id, .. } => outbox::send(app, claim, &message_id).await,
            Self::OpenCheckout { stay_id, provider } => {
                payment::open_checkout(app, claim, &stay_id, provider.as_deref()).await
            }
            Self::CloseCheckouts { stay_id } => payment::close_checkouts(app, claim, &stay_id).await,
            Self::ReadPayment { provider, look, asked_by } => {
                payment::read_back(app, claim, &provider, &look, asked_by.as_deref()).await
            }
            Self::SendRefund { refund_id, .. } => payment::send_refund(app, claim, &refund_id).await,
            Self::FetchFeed { feed_id, .. } => calendar::fetch(app, claim, &feed_id).await,
            Self::SendAlert { incident_id, target, phase } => {
                alerts::send(app, &incident_id, &target, phase).await
            }
            Self::ExpireHolds => upkeep::expire_holds(app).await,
            Self::RemindHolds => upkeep::remind_holds(app).await,
            Self::CompleteStays => upkeep::complete_stays(app).await,
            Self::FetchFeeds => calendar::fetch_feeds(app).await,
            Self::ReconcilePayments => payment::run_reconciliation(app).await,
            Self::AskForCharges => payment::ask_for_charges(app).await,
            Self::CleanUp => upkeep::clean_up(app).await,
        }
    }
}
