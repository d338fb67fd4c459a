//! What a buyer does with a session, and what comes of it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::stripe::{
    StripePaymentFault,
    account::{AccountState, Sim},
    payment::{IntentStatus, Payment},
    session::{Session, SessionStatus},
    webhook_events,
};

/// What a buyer does on the checkout page, or what comes of a delayed payment later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Pays by card.
    Paid,
    /// Takes a voucher or orders a transfer: the session is complete and the money is not there.
    Delayed,
    /// Is refused by the bank, and may try again.
    Declined,
    /// Goes back without paying.
    Abandoned,
    /// The money of a delayed payment comes.
    Arrived,
    /// The money of a delayed payment does not come.
    Failed,
}

/// Does it, and tells of it. An error says why it cannot be done.
pub(crate) fn act(
    sim: &Sim,
    state: &mut AccountState,
    id: &str,
    outcome: Outcome,
) -> Result<(), &'static str> {
    let session = state.find_session(id).ok_or("there is no session with this id")?;
    match (outcome, session.status) {
        (Outcome::Abandoned, _) => Ok(()),
        (Outcome::Paid | Outcome::Delayed | Outcome::Declined, SessionStatus::Open) => {
            pay(sim, state, id, outcome);
            Ok(())
        }
        (Outcome::Arrived | Outcome::Failed, SessionStatus::Complete) if !session.is_paid => {
            settle(sim, state, id, outcome)
        }
        (_, SessionStatus::Expired) => Err("the session has expired"),
        (_, SessionStatus::Complete) => Err("the session is complete"),
        (_, SessionStatus::Open) => Err("nothing is on its way for this session"),
    }
}

/// Ends a session that nobody has paid, and tells of it. Returns how it is now.
pub(crate) fn expire(sim: &Sim, state: &mut AccountState, id: &str) -> Option<Value> {
    let session = state.find_session(id)?;
    session.status = SessionStatus::Expired;
    let session = session.clone();
    webhook_events::session(sim, state, &session, "checkout.session.expired");
    Some(session.to_json(&state.settings.payloads))
}

/// Ends the sessions whose time has come. Nothing runs by itself: this happens when somebody looks.
pub(crate) fn expire_due(sim: &Sim, state: &mut AccountState) {
    let now = sim.now();
    let is_due =
        |session: &&Session| session.status == SessionStatus::Open && session.params.expires_at <= now;
    let due: Vec<String> =
        state.model.sessions.iter().filter(is_due).map(|session| session.id.clone()).collect();
    for id in due {
        expire(sim, state, &id);
    }
}

/// Goes on with a session that is open.
fn pay(sim: &Sim, state: &mut AccountState, id: &str, outcome: Outcome) {
    let fault = match outcome {
        Outcome::Declined => StripePaymentFault::default(),
        _ => state.faults.payments.pop_front().unwrap_or_default(),
    };
    let payloads = state.settings.payloads.clone();
    let Some(session) = state.find_session(id) else { return };
    let before = session.to_json(&payloads);
    let mut changed = session.clone();
    changed.silent = fault.silent;
    changed.amount = fault.amount.unwrap_or(changed.amount);
    changed.currency = fault.currency.clone().unwrap_or(changed.currency);
    changed.livemode = fault.livemode.unwrap_or(changed.livemode);
    changed.client_reference_id = fault.client_reference_id.clone().or(changed.client_reference_id);
    if outcome != Outcome::Declined {
        changed.status = SessionStatus::Complete;
        changed.is_paid = outcome == Outcome::Paid;
        changed.stale = (fault.stale_for_gets > 0).then_some((before, fault.stale_for_gets));
    }
    let payment = charge(sim, state, &changed, outcome, &fault);
    if outcome != Outcome::Declined {
        changed.payment_intent = Some(payment.id.clone());
    }
    if let Some(session) = state.find_session(id) {
        session.clone_from(&changed);
    }
    match outcome {
        Outcome::Paid => {
            webhook_events::charge(sim, state, &payment, "charge.succeeded", None);
            webhook_events::intent(sim, state, &payment, "payment_intent.succeeded");
        }
        Outcome::Declined => webhook_events::intent(sim, state, &payment, "payment_intent.payment_failed"),
        _ => webhook_events::intent(sim, state, &payment, "payment_intent.processing"),
    }
    if outcome != Outcome::Declined {
        webhook_events::session(sim, state, &changed, "checkout.session.completed");
    }
}

/// The payment of the session with one more try; a buyer who was refused goes on with the same one.
fn charge(
    sim: &Sim,
    state: &mut AccountState,
    session: &Session,
    outcome: Outcome,
    fault: &StripePaymentFault,
) -> Payment {
    let earlier = state.model.payments.iter().position(|payment| payment.session_id == session.id);
    let id = match earlier {
        Some(index) => state.model.payments.remove(index).id,
        None => format!("pi_3{}", sim.core.ids.hex(23)),
    };
    let payment = Payment {
        id,
        charge: Some(format!("ch_3{}", sim.core.ids.hex(23))),
        session_id: session.id.clone(),
        status: match outcome {
            Outcome::Paid => IntentStatus::Succeeded,
            Outcome::Declined => IntentStatus::RequiresPaymentMethod,
            _ => IntentStatus::Processing,
        },
        amount: session.amount,
        currency: session.currency.clone(),
        decimals: session.params.currency.decimals,
        method: if outcome == Outcome::Delayed { session.params.currency.delayed_method() } else { "card" },
        metadata: session.params.payment_metadata.clone(),
        livemode: session.livemode,
        created_at: sim.now(),
        disputes: Vec::new(),
        refunds: Vec::new(),
        silent: fault.silent,
        hidden_for_gets: fault.stale_for_gets,
    };
    state.model.payments.push(payment.clone());
    payment
}

/// The end of a delayed payment.
fn settle(sim: &Sim, state: &mut AccountState, id: &str, outcome: Outcome) -> Result<(), &'static str> {
    let payment = state.model.payments.iter_mut().rev().find(|payment| payment.session_id == id);
    let payment = payment
        .filter(|payment| payment.status == IntentStatus::Processing)
        .ok_or("nothing is on its way for this session")?;
    let arrived = outcome == Outcome::Arrived;
    payment.status = if arrived { IntentStatus::Succeeded } else { IntentStatus::RequiresPaymentMethod };
    let payment = payment.clone();
    let Some(session) = state.find_session(id) else { return Ok(()) };
    session.is_paid = arrived;
    let session = session.clone();
    if arrived {
        webhook_events::charge(sim, state, &payment, "charge.succeeded", None);
        webhook_events::intent(sim, state, &payment, "payment_intent.succeeded");
        webhook_events::session(sim, state, &session, "checkout.session.async_payment_succeeded");
    } else {
        webhook_events::intent(sim, state, &payment, "payment_intent.payment_failed");
        webhook_events::session(sim, state, &session, "checkout.session.async_payment_failed");
    }
    Ok(())
}
