//! Sending what was written down: claimed before the call, its vendor's id stored after it, one after another per guest.

use std::sync::Arc;

use domain::{actor::Actor, message_delivery::Delivery};
use jiff::{SignedDuration, Timestamp};
use providers::chat::{Pace, Recipient, SendError, Sent};
use serde::{Deserialize, Serialize};
use store::{
    channel_stop,
    conversation::{self, Conversation},
    message::{self, Message},
    queue::Claim,
};

use super::stored_message::{Written, follow_up};
use crate::{
    App, DbError, Tx,
    jobs::{Done, Job, JobError, Registry},
    metrics::{OutcomeLabels, circuit_breakers::State},
};

/// How often a stopped channel is looked at again.
const STOPPED_PAUSE: SignedDuration = SignedDuration::from_mins(2);
/// After so long one message tries whether the channel works again: perhaps a new token was put in.
const PROBE_AFTER: SignedDuration = SignedDuration::from_mins(10);
/// How long a status may take to tell that a message whose answer was lost did go out.
const UNKNOWN_PAUSE: SignedDuration = SignedDuration::from_secs(60);

/// Sends one message of the outbox, after all earlier ones of its conversation.
#[derive(Serialize, Deserialize)]
pub struct SendMessage {
    pub message_id: String,
    pub conversation_id: String,
}

impl Job for SendMessage {
    const KIND: &'static str = "send_message";
    const QUEUE: &'static str = "outbox";

    fn order_key(&self) -> Option<String> {
        Some(format!("out:{}", self.conversation_id))
    }

    async fn run(self, app: &Arc<App>, claim: &Claim) -> Result<Done, JobError> {
        send(app, claim, &self.message_id).await
    }
}

pub fn jobs(registry: &mut Registry) {
    registry.register::<SendMessage>();
}

/// A message that may go out now, and the conversation that it is for.
struct Claimed {
    message: Message,
    written: Written,
    chat: Conversation,
    stopped_at: Option<Timestamp>,
}

async fn send(app: &App, claim: &Claim, message_id: &str) -> Result<Done, JobError> {
    let mut tx = app.begin_as(Actor::System).await?;
    let Some(claimed) = read(&mut tx, message_id).await? else {
        // A status told that it went out after all.
        return tx.finish(claim).await;
    };
    let Claimed { message, written, chat, .. } = &claimed;
    if !app.channels.window_is_open(chat, tx.now) && !written.message.may_open_a_conversation() {
        return give_up(tx, claim, message, "window_closed").await;
    }
    let Some(channel) = app.channels.find(&chat.channel, &chat.account) else {
        return give_up(tx, claim, message, "no_channel").await;
    };
    message::mark_sending(&mut tx.session, message_id, tx.now).await?;
    tx.session.commit().await?;

    let to = Recipient { phone: chat.phone.clone(), user_id: chat.user_id.clone() };
    let sent = channel.send(&to, &written.message, message_id).await;
    count(app, channel.name(), claimed.stopped_at, &sent);
    match sent {
        Ok(sent) => record_sent(app, claim, &claimed, &sent).await,
        Err(error) => record_failure(app, claim, &claimed, error).await,
    }
}

/// None where nothing is left to send.
async fn read(tx: &mut Tx<'_>, message_id: &str) -> Result<Option<Claimed>, JobError> {
    let message = message::find(&mut tx.session, message_id).await?;
    let message = message.ok_or(JobError::fail("the message is gone"))?;
    if !matches!(message.status, Delivery::Queued | Delivery::Sending) {
        return Ok(None);
    }
    let chat = conversation::find(&mut tx.session, &message.conversation_id).await?;
    let chat = chat.ok_or(JobError::fail("the conversation is gone"))?;
    let stopped_at = channel_stop::find(&mut tx.session, &chat.channel, &chat.account).await?;
    if stopped_at.is_some_and(|stopped_at| tx.now < stopped_at + PROBE_AFTER) {
        if let Some(channel) = tx.app.channels.find(&chat.channel, &chat.account) {
            tx.app.metrics.circuits.named(channel.name()).rejected();
        }
        return Err(JobError::retry_after(STOPPED_PAUSE, "the channel is stopped"));
    }
    let written = Written::read(&message).map_err(|_| JobError::fail("the message has another shape"))?;
    Ok(Some(Claimed { message, written, chat, stopped_at }))
}

async fn record_sent(app: &App, claim: &Claim, claimed: &Claimed, sent: &Sent) -> Result<Done, JobError> {
    let Claimed { message, chat, .. } = claimed;
    let mut tx = app.begin_as(Actor::System).await?;
    message::mark_sent(&mut tx.session, &message.id, &sent.external_id, tx.now).await?;
    if claimed.stopped_at.is_some() {
        tracing::info!(channel = chat.channel, "the channel works again");
        channel_stop::resume(&mut tx.session, &chat.channel, &chat.account).await?;
    }
    tx.finish(claim).await
}

/// Each failure has its consequence: again later, slower, stop the channel, or give up and tell a person.
async fn record_failure(
    app: &App,
    claim: &Claim,
    claimed: &Claimed,
    error: SendError,
) -> Result<Done, JobError> {
    let message = &claimed.message;
    match error {
        SendError::Retry { after, pace } => {
            Err(JobError::retry_after(pause(app, after, pace, claim), "the message was not accepted for now"))
        }
        SendError::SlowDown { after, .. } => {
            Err(JobError::retry_after(pause(app, after, Pace::Pair, claim), "the account sends too much"))
        }
        SendError::Unknown => {
            Err(JobError::retry_after(UNKNOWN_PAUSE, "whether the message was accepted is unknown"))
        }
        SendError::StopChannel { code } => stop_channel(app, &claimed.chat, code).await,
        SendError::WindowClosed => {
            give_up(app.begin_as(Actor::System).await?, claim, message, "window_closed").await
        }
        SendError::Undeliverable { code } => {
            let reason = format!("undeliverable, code {code}");
            give_up(app.begin_as(Actor::System).await?, claim, message, &reason).await
        }
        SendError::Drop { code } => {
            let reason = format!("dropped, code {code}");
            let mut tx = app.begin_as(Actor::System).await?;
            message::mark_failed(&mut tx.session, &message.id, &reason, tx.now).await?;
            follow_up(&mut tx, message, &reason).await?;
            tx.finish(claim).await
        }
        SendError::DeadLetter { code } => {
            let reason = format!("refused, code {}", code.unwrap_or_default());
            let mut tx = app.begin_as(Actor::System).await?;
            message::mark_failed(&mut tx.session, &message.id, &reason, tx.now).await?;
            if follow_up(&mut tx, message, &reason).await? {
                return tx.finish(claim).await;
            }
            let subject = format!("conversation:{}", claimed.chat.id);
            tx.open_task(&subject, "message_refused", &reason).await?;
            tx.commit().await?;
            Err(JobError::Fail(reason))
        }
    }
}

async fn stop_channel(app: &App, chat: &Conversation, code: Option<u32>) -> Result<Done, JobError> {
    let (channel, account) = (&chat.channel, &chat.account);
    let reason = format!("code {}", code.unwrap_or_default());
    tracing::error!(channel, reason, "the channel does not accept our messages: a person must act");
    let mut tx = app.begin_as(Actor::System).await?;
    channel_stop::stop(&mut tx.session, channel, account, &reason, tx.now).await?;
    let subject = format!("channel:{channel}:{account}");
    tx.open_task(&subject, "channel_stopped", &reason).await?;
    tx.commit().await?;
    Err(JobError::retry_after(STOPPED_PAUSE, "the channel is stopped"))
}

/// The message cannot go this way: it is marked, a person is told, the queue goes on.
async fn give_up(mut tx: Tx<'_>, claim: &Claim, outgoing: &Message, reason: &str) -> Result<Done, JobError> {
    count_outcome(tx.app, "failed");
    message::mark_failed(&mut tx.session, &outgoing.id, reason, tx.now).await?;
    if !follow_up(&mut tx, outgoing, reason).await? {
        let subject = format!("conversation:{}", outgoing.conversation_id);
        tx.open_task(&subject, "message_not_delivered", reason).await?;
    }
    tx.finish(claim).await
}

/// A refusal of one message says nothing about the channel.
fn count(app: &App, channel: &'static str, stopped_at: Option<Timestamp>, sent: &Result<Sent, SendError>) {
    let circuit = app.metrics.circuits.named(channel);
    match sent {
        Ok(_) => {
            count_outcome(app, "sent");
            circuit.succeeded();
            if stopped_at.is_some() {
                circuit.closed();
            }
        }
        Err(SendError::StopChannel { .. }) => {
            count_outcome(app, "channel_stopped");
            circuit.failed();
            if stopped_at.is_none() {
                circuit.opened();
            }
        }
        Err(SendError::Retry { .. } | SendError::SlowDown { .. }) => {
            count_outcome(app, "retry");
            circuit.failed();
        }
        Err(SendError::Unknown) => {
            count_outcome(app, "unknown");
            circuit.failed();
        }
        Err(SendError::Drop { .. }) => count_outcome(app, "dropped"),
        Err(SendError::DeadLetter { .. }) => count_outcome(app, "failed"),
        // Counted where it is given up.
        Err(SendError::WindowClosed | SendError::Undeliverable { .. }) => {}
    }
}

fn count_outcome(app: &App, outcome: &'static str) {
    app.metrics.messages_sent.get_or_create(&OutcomeLabels { outcome }).inc();
}

/// What the metrics show of a channel that was stopped.
pub fn circuit_state(stopped_at: Option<Timestamp>, now: Timestamp) -> State {
    match stopped_at {
        None => State::Closed,
        Some(stopped_at) if now < stopped_at + PROBE_AFTER => State::Open,
        Some(_) => State::HalfOpen,
    }
}

/// At least what they asked for, else the pace of the error; with jitter, so that many do not come back at once.
fn pause(app: &App, after: Option<std::time::Duration>, pace: Pace, claim: &Claim) -> SignedDuration {
    let attempt = u32::try_from(claim.attempts - 1).unwrap_or(0);
    let wait = after.unwrap_or_default().max(pace.delay(attempt));
    let wait = SignedDuration::try_from(wait).unwrap_or(STOPPED_PAUSE);
    wait + SignedDuration::from_millis(app.rng.below(1_000))
}

/// For a staff task that was resolved: a stopped channel is tried again at once. `named` is `channel:account`.
pub async fn resume_channel(tx: &mut Tx<'_>, named: &str) -> Result<(), DbError> {
    match named.split_once(':') {
        Some((channel, account)) => channel_stop::resume(&mut tx.session, channel, account).await,
        None => Ok(()),
    }
}
