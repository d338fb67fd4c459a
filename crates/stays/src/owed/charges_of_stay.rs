//! What stays owe: charges that follow the price, and charges that staff set.

use domain::{
    charges_of_stay::{Due, Missing, Purpose, missing, plan},
    ids::StayId,
    money::Money,
    payable::Payable,
    stay::Stay,
};
use jiff::{SignedDuration, Timestamp};
use kernel::{App, Tx};
use payments::{audit_of, received_by_purpose};
use store::{
    audit,
    charge::{self, Charge},
    db::{DbError, Session},
    equal_nights_offer,
};

use super::{payable_of, received};
use crate::room;

pub(crate) async fn charges_of(session: &mut Session, stay: &Stay) -> Result<Vec<Due>, DbError> {
    let charges = charge::list_of(session, &payable_of(stay)).await?;
    Ok(charges.iter().map(Charge::due).collect())
}

/// What a stay still owes, in the order in which it is asked for: the deposit of a hold, everything of a confirmed
/// stay, penalties of one that has ended.
pub async fn missing_of(session: &mut Session, stay: &Stay) -> Result<Vec<Missing>, DbError> {
    let parts = received_by_purpose(session, &payable_of(stay), stay.terms().total.currency, None).await?;
    let zero = Money::zero(stay.terms().total.currency);
    let received = |wanted: &dyn Fn(Purpose) -> bool| {
        parts.iter().filter(|(purpose, _)| wanted(*purpose)).fold(zero, |sum, (_, part)| sum.plus(*part))
    };
    let charges = charges_of(session, stay).await?;
    Ok(match stay {
        Stay::Held(held) => {
            let due = Due { purpose: Purpose::Deposit, amount: held.terms.deposit, due_at: held.expires_at };
            missing(&[due], received(&|_| true))
        }
        Stay::Confirmed(_) | Stay::Completed(_) => missing(&charges, received(&|_| true)),
        // What came before was settled when the stay ended; a penalty is asked for on top.
        Stay::NoShow(_) | Stay::Cancelled(_) => {
            let is_penalty = |purpose| purpose == Purpose::Penalty;
            let penalties: Vec<_> = charges.into_iter().filter(|due| is_penalty(due.purpose)).collect();
            missing(&penalties, received(&is_penalty))
        }
        Stay::Expired(_) => Vec::new(),
    })
}

/// What a guest can pay now. Nothing for a hold that has ended, or for one whose money is here and waits.
pub async fn next_due(app: &App, stay: &Stay) -> Result<Option<Missing>, DbError> {
    next_due_in(&mut app.read().await?, stay, app.now()).await
}

pub(crate) async fn next_due_in(
    session: &mut Session,
    stay: &Stay,
    now: Timestamp,
) -> Result<Option<Missing>, DbError> {
    if let Stay::Held(held) = stay {
        let is_offer = equal_nights_offer::find_open(session, &held.terms.id).await?.is_some();
        if held.has_ended(now) || is_offer {
            return Ok(None);
        }
    }
    Ok(missing_of(session, stay).await?.into_iter().next())
}

/// Makes the charges of a confirmed stay follow its price, in the transaction that changed it; what was received beyond
/// the new price goes back.
pub async fn follow_price(tx: &mut Tx<'_>, stay: &Stay) -> Result<(), DbError> {
    let terms = stay.terms();
    let accommodation = store::accommodation::find(&mut tx.session, &terms.accommodation_id).await?;
    let before_arrival = SignedDuration::from_hours(24 * i64::from(room(tx.app).money.balance_days));
    let check_in_at = accommodation.map_or(tx.now, |one| one.check_in_at(terms.period.check_in()));
    let balance_due_at = (check_in_at - before_arrival).max(tx.now);
    let before = charges_of(&mut tx.session, stay).await?;
    let received = received(&mut tx.session, stay).await?;
    for due in plan(terms, &before, received, balance_due_at) {
        let is_known = before.iter().any(|known| known.purpose == due.purpose);
        if due.amount.is_positive() || is_known {
            let new = charge_of(tx.app, payable_of(stay), due, None, tx.now);
            charge::ensure(&mut tx.session, &new, tx.now).await?;
        }
    }
    Ok(())
}

fn charge_of(app: &App, payable: Payable, due: Due, note: Option<String>, now: Timestamp) -> Charge {
    Charge {
        id: app.rng.id(now),
        payable,
        purpose: due.purpose,
        amount: due.amount,
        due_at: due.due_at,
        asked_at: None,
        note,
    }
}

/// Staff ask a guest for something beyond the price: damage, a no-show. A second penalty is added to the first.
/// None where there is no such stay.
pub async fn add_penalty_in(
    tx: &mut Tx<'_>,
    id: &StayId,
    amount: Money,
    note: String,
) -> Result<Option<Charge>, DbError> {
    let Some(stay) = store::stay::lock_by_id(&mut tx.session, id).await? else { return Ok(None) };
    let known = charges_of(&mut tx.session, &stay).await?;
    let known = known.iter().find(|due| due.purpose == Purpose::Penalty);
    let amount = known.map_or(amount, |due| due.amount.plus(amount));
    let due = Due { purpose: Purpose::Penalty, amount, due_at: tx.now };
    let charge = charge::ensure(
        &mut tx.session,
        &charge_of(tx.app, payable_of(&stay), due, Some(note), tx.now),
        tx.now,
    )
    .await?;
    audit::write(
        &mut tx.session,
        &[audit_of(&payable_of(&stay), "charge", &charge.amount, &charge.note, tx.actor)],
        tx.now,
    )
    .await?;
    Ok(Some(charge))
}
