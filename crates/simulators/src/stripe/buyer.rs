//! What a buyer does, and what comes of it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    StripePaymentFault, events,
    payment::{IntentStatus, Payment},
    session::{Session, SessionStatus},
    shared::{Book, Shared},
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
pub(crate) fn act(shared: &Shared, book: &mut Book, id: &str, outcome: Outcome) -> Result<(), &'static str> {
    let session = book.find_session(id).ok_or("there is no session with this id")?;
    match (outcome, session.status) {
        (Outcome::Abandoned, _) => Ok(()),
        (Outcome::Paid | Outcome::Delayed | Outcome::Declined, SessionStatus::Open) => {
            pay(shared, book, id, outcome);
            Ok(())
        }
        (Outcome::Arrived | Outcome::Failed, SessionStatus::Complete) if !session.is_paid => {
            settle(shared, book, id, outcome)
        }
        (_, SessionStatus::Expired) => Err("the session has expired"),
        (_, SessionStatus::Complete) => Err("the session is complete"),
        (_, SessionStatus::Open) => Err("nothing is on its way for this session"),
    }
}

/// Ends a session that nobody has paid, and tells of it. Returns how it is now.
pub(crate) fn expire(shared: &Shared, book: &mut Book, id: &str) -> Option<Value> {
    let session = book.find_session(id)?;
    session.status = SessionStatus::Expired;
    let session = session.clone();
    events::session(shared, book, &session, "checkout.session.expired");
    Some(session.to_json(&book.settings.payloads))
}

/// Ends the sessions whose time has come. Nothing runs by itself: this happens when somebody looks.
pub(crate) fn expire_due(shared: &Shared, book: &mut Book) {
    let now = shared.now();
    let is_due =
        |session: &&Session| session.status == SessionStatus::Open && session.wanted.expires_at <= now;
    let due: Vec<String> = book.sessions.iter().filter(is_due).map(|session| session.id.clone()).collect();
    for id in due {
        expire(shared, book, &id);
    }
}

/// Goes on with a session that is open.
fn pay(shared: &Shared, book: &mut Book, id: &str, outcome: Outcome) {
    let fault = match outcome {
        Outcome::Declined => StripePaymentFault::default(),
        _ => book.faults.payments.pop_front().unwrap_or_default(),
    };
    let payloads = book.settings.payloads.clone();
    let Some(session) = book.find_session(id) else { return };
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
    let payment = charge(shared, book, &changed, outcome, &fault);
    if outcome != Outcome::Declined {
        changed.payment_intent = Some(payment.id.clone());
    }
    if let Some(session) = book.find_session(id) {
        session.clone_from(&changed);
    }
    match outcome {
        Outcome::Paid => {
            events::charge(shared, book, &payment, "charge.succeeded", None);
            events::intent(shared, book, &payment, "payment_intent.succeeded");
        }
        Outcome::Declined => events::intent(shared, book, &payment, "payment_intent.payment_failed"),
        _ => events::intent(shared, book, &payment, "payment_intent.processing"),
    }
    if outcome != Outcome::Declined {
        events::session(shared, book, &changed, "checkout.session.completed");
    }
}

/// The payment of the session with one more try; a buyer who was refused goes on with the same one.
fn charge(
    shared: &Shared,
    book: &mut Book,
    session: &Session,
    outcome: Outcome,
    fault: &StripePaymentFault,
) -> Payment {
    let earlier = book.payments.iter().position(|payment| payment.session_id == session.id);
    let id = match earlier {
        Some(index) => book.payments.remove(index).id,
        None => format!("pi_3{}", shared.works.ids.hex(23)),
    };
    let payment = Payment {
        id,
        charge: Some(format!("ch_3{}", shared.works.ids.hex(23))),
        session_id: session.id.clone(),
        status: match outcome {
            Outcome::Paid => IntentStatus::Succeeded,
            Outcome::Declined => IntentStatus::RequiresPaymentMethod,
            _ => IntentStatus::Processing,
        },
        amount: session.amount,
        currency: session.currency.clone(),
        decimals: session.wanted.currency.decimals,
        method: if outcome == Outcome::Delayed { session.wanted.currency.delayed_method() } else { "card" },
        metadata: session.wanted.payment_metadata.clone(),
        livemode: session.livemode,
        created_at: shared.now(),
        disputes: Vec::new(),
        refunds: Vec::new(),
        silent: fault.silent,
        hidden_for_gets: fault.stale_for_gets,
    };
    book.payments.push(payment.clone());
    payment
}

/// The end of a delayed payment.
fn settle(shared: &Shared, book: &mut Book, id: &str, outcome: Outcome) -> Result<(), &'static str> {
    let payment = book.payments.iter_mut().rev().find(|payment| payment.session_id == id);
    let payment = payment
        .filter(|payment| payment.status == IntentStatus::Processing)
        .ok_or("nothing is on its way for this session")?;
    let arrived = outcome == Outcome::Arrived;
    payment.status = if arrived { IntentStatus::Succeeded } else { IntentStatus::RequiresPaymentMethod };
    let payment = payment.clone();
    let Some(session) = book.find_session(id) else { return Ok(()) };
    session.is_paid = arrived;
    let session = session.clone();
    if arrived {
        events::charge(shared, book, &payment, "charge.succeeded", None);
        events::intent(shared, book, &payment, "payment_intent.succeeded");
        events::session(shared, book, &session, "checkout.session.async_payment_succeeded");
    } else {
        events::intent(shared, book, &payment, "payment_intent.payment_failed");
        events::session(shared, book, &session, "checkout.session.async_payment_failed");
    }
    Ok(())
}
