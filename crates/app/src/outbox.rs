//! Sending what was written down: claimed before the call, named after it, one after another per guest.

use jiff::{SignedDuration, Timestamp};
use providers::chat::{Outgoing, Pace, Recipient, SendError, Sent};
use serde::{Deserialize, Serialize};
use store::{
    conversation::{self, Conversation},
    db::Session,
    message::{self, Message},
    queue::Claim,
};

use domain::delivery::Delivery;

use crate::{
    App,
    attention::raise,
    jobs::{Done, JobError, finish},
    metrics::{OutcomeLabels, circuit::State},
    payment,
};

/// After a guest's last message a business may write freely for a day (WhatsApp's customer service window).
const WINDOW: SignedDuration = SignedDuration::from_hours(24);
/// How often a stopped channel is looked at again.
const STOPPED_PAUSE: SignedDuration = SignedDuration::from_mins(2);
/// After so long one message tries whether the channel works again: perhaps a new token was put in.
const PROBE_AFTER: SignedDuration = SignedDuration::from_mins(10);
/// What the metrics call the channel.
pub(crate) const CIRCUIT: &str = "whatsapp";
/// How long a status may take to tell that a message whose answer was lost did go out.
const UNKNOWN_PAUSE: SignedDuration = SignedDuration::from_secs(60);

/// A message as the outbox keeps it.
#[derive(Serialize, Deserialize)]
pub(crate) struct Written {
    #[serde(flatten)]
    pub message: Outgoing,
    /// The charge that the guest is asked for with it: where it does not arrive, the host must ask.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charge_id: Option<String>,
}

impl From<Outgoing> for Written {
    fn from(message: Outgoing) -> Self {
        Self { message, charge_id: None }
    }
}

impl Written {
    pub fn read(kept: &Message) -> Result<Self, serde_json::Error> {
        Self::deserialize(&kept.body)
    }
}

/// Sends one message of the outbox.
pub async fn send(app: &App, claim: &Claim, message_id: &str) -> Result<Done, JobError> {
    let now = app.now();
    let mut session = app.begin().await?;
    let Some(outgoing) = message::find(&mut session, message_id).await? else {
        return Err(JobError::fail("the message is gone"));
    };
    if !matches!(outgoing.status, Delivery::Queued | Delivery::Sending) {
        // A status told that it went out after all.
        return finish(app, session, claim).await;
    }
    let chat = conversation::find(&mut session, &outgoing.conversation_id).await?;
    let chat = chat.ok_or(JobError::fail("the conversation is gone"))?;
    let stopped_at = message::find_channel_stop(&mut session, &chat.channel, &chat.account).await?;
    if stopped_at.is_some_and(|stopped_at| now < stopped_at + PROBE_AFTER) {
        app.metrics.circuits.named(CIRCUIT).rejected();
        return Err(JobError::wait(STOPPED_PAUSE, "the channel is stopped"));
    }
    let written = Written::read(&outgoing).map_err(|_| JobError::fail("the message has another shape"))?;
    if !window_is_open(&chat, now) && !written.message.may_open_a_conversation() {
        return give_up(app, session, claim, &outgoing, "window_closed", now).await;
    }
    let Some(channel) = app.chat.as_ref().filter(|channel| channel.is_for(&chat.account)) else {
        return give_up(app, session, claim, &outgoing, "no_channel", now).await;
    };
    message::mark_sending(&mut session, message_id, now).await?;
    session.commit().await?;

    let to = Recipient { phone: chat.phone.clone(), user_id: chat.user_id.clone() };
    let sent = channel.send(&to, &written.message, message_id).await;

    let now = app.now();
    let outcome = |outcome| {
        app.metrics.messages_sent.get_or_create(&OutcomeLabels { outcome }).inc();
    };
    count_circuit(app, stopped_at, &sent);
    let mut session = app.begin().await?;
    match sent {
        Ok(sent) => {
            outcome("sent");
            message::mark_sent(&mut session, message_id, &sent.wamid, now).await?;
            if stopped_at.is_some() {
                tracing::info!(channel = chat.channel, "the channel works again");
                message::resume_channel(&mut session, &chat.channel, &chat.account).await?;
            }
            finish(app, session, claim).await
        }
        Err(SendError::Retry { after, pace }) => {
            outcome("retry");
            Err(JobError::wait(pause(app, after, pace, claim), "the message was not accepted for now"))
        }
        Err(SendError::SlowDown { after, .. }) => {
            outcome("retry");
            Err(JobError::wait(pause(app, after, Pace::Pair, claim), "the account sends too much"))
        }
        Err(SendError::Unknown) => {
            outcome("unknown");
            Err(JobError::wait(UNKNOWN_PAUSE, "whether the message was accepted is unknown"))
        }
        Err(SendError::StopChannel { code }) => {
            outcome("channel_stopped");
            let reason = format!("code {}", code.unwrap_or_default());
            tracing::error!(
                channel = chat.channel,
                reason,
                "the channel does not accept our messages: a person must act"
            );
            message::stop_channel(&mut session, &chat.channel, &chat.account, &reason, now).await?;
            raise(
                app,
                &mut session,
                &format!("channel:{}:{}", chat.channel, chat.account),
                "channel_stopped",
                &reason,
                now,
            )
            .await?;
            app.commit(session).await?;
            Err(JobError::wait(STOPPED_PAUSE, "the channel is stopped"))
        }
        Err(SendError::WindowClosed) => give_up(app, session, claim, &outgoing, "window_closed", now).await,
        Err(SendError::Undeliverable { code }) => {
            give_up(app, session, claim, &outgoing, &format!("undeliverable, code {code}"), now).await
        }
        Err(SendError::Drop { code }) => {
            outcome("dropped");
            let reason = format!("dropped, code {code}");
            message::mark_failed(&mut session, message_id, &reason, now).await?;
            payment::ask_host_instead(app, &mut session, &outgoing, &reason, now).await?;
            finish(app, session, claim).await
        }
        Err(SendError::DeadLetter { code }) => {
            let reason = format!("refused, code {}", code.unwrap_or_default());
            outcome("failed");
            message::mark_failed(&mut session, message_id, &reason, now).await?;
            if payment::ask_host_instead(app, &mut session, &outgoing, &reason, now).await? {
                return finish(app, session, claim).await;
            }
            raise(app, &mut session, &format!("conversation:{}", chat.id), "message_refused", &reason, now)
                .await?;
            app.commit(session).await?;
            Err(JobError::Fail(reason))
        }
    }
}

/// Whether the guest may be written to freely.
pub(crate) fn window_is_open(chat: &Conversation, now: Timestamp) -> bool {
    chat.last_inbound_at.is_some_and(|at| now < at + WINDOW)
}

/// A refusal of one message says nothing about the channel.
fn count_circuit(app: &App, stopped_at: Option<Timestamp>, sent: &Result<Sent, SendError>) {
    let circuit = app.metrics.circuits.named(CIRCUIT);
    match sent {
        Ok(_) => {
            circuit.succeeded();
            if stopped_at.is_some() {
                circuit.closed();
            }
        }
        Err(SendError::StopChannel { .. }) => {
            circuit.failed();
            if stopped_at.is_none() {
                circuit.opened();
            }
        }
        Err(SendError::Retry { .. } | SendError::SlowDown { .. } | SendError::Unknown) => circuit.failed(),
        Err(
            SendError::WindowClosed
            | SendError::Undeliverable { .. }
            | SendError::Drop { .. }
            | SendError::DeadLetter { .. },
        ) => {}
    }
}

/// What the metrics show of a channel that was stopped.
pub(crate) fn circuit_state(stopped_at: Option<Timestamp>, now: Timestamp) -> State {
    match stopped_at {
        None => State::Closed,
        Some(stopped_at) if now < stopped_at + PROBE_AFTER => State::Open,
        Some(_) => State::HalfOpen,
    }
}

/// The message cannot go this way: it is marked, a person is told, the queue goes on.
async fn give_up(
    app: &App,
    mut session: Session,
    claim: &Claim,
    outgoing: &Message,
    reason: &str,
    now: Timestamp,
) -> Result<Done, JobError> {
    app.metrics.messages_sent.get_or_create(&OutcomeLabels { outcome: "failed" }).inc();
    message::mark_failed(&mut session, &outgoing.id, reason, now).await?;
    if !payment::ask_host_instead(app, &mut session, outgoing, reason, now).await? {
        let subject = format!("conversation:{}", outgoing.conversation_id);
        raise(app, &mut session, &subject, "message_not_delivered", reason, now).await?;
    }
    finish(app, session, claim).await
}

/// At least what they asked for, else the pace of the error; with jitter, so that many do not come back at once.
fn pause(app: &App, after: Option<std::time::Duration>, pace: Pace, claim: &Claim) -> SignedDuration {
    let attempt = u32::try_from(claim.attempts - 1).unwrap_or(0);
    let wait = after.unwrap_or_default().max(pace.delay(attempt));
    let wait = SignedDuration::try_from(wait).unwrap_or(STOPPED_PAUSE);
    wait + SignedDuration::from_millis(app.entropy.below(1_000))
}
