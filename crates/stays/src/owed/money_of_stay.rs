//! What was received for a stay, what went back, what is due, and every movement of it.

use domain::{money::Money, stay::Stay};
use kernel::{App, DbError};
use payments::{Charge, Line, Movements, Payment, Refund, movements};
use store::db::Session;

use super::{charges_of_stay::missing_of, payable_of};

pub struct Summary {
    pub charges: Vec<Charge>,
    /// What is still to be paid: all of a stay that lives, penalties of one that has ended.
    pub due: Money,
    pub payments: Vec<Payment>,
    pub refunds: Vec<Refund>,
    pub lines: Vec<Line>,
    /// Received, without what was given back or is on its way back, in the currency of the stay.
    pub kept: Money,
    /// On its way back and not shown by the provider yet.
    pub on_its_way: Money,
}

pub async fn summary(app: &App, stay: &Stay) -> Result<Summary, DbError> {
    summary_in(app, &mut app.snapshot().await?, stay).await
}

pub async fn summary_in(app: &App, session: &mut Session, stay: &Stay) -> Result<Summary, DbError> {
    let currency = stay.terms().total.currency;
    let moved = movements(session, &payable_of(stay), currency).await?;
    let Movements { charges, payments, refunds, lines, kept, on_its_way } = moved;
    let due = match stay {
        // Of a hold the deposit alone is asked for, and the whole price is owed.
        Stay::Held(held) if held.has_ended(app.now()) => Money::zero(currency),
        Stay::Held(held) => held.terms.total.minus(kept),
        _ => {
            let open = missing_of(session, stay).await?;
            open.iter().fold(Money::zero(currency), |sum, one| sum.plus(one.amount))
        }
    };
    Ok(Summary { charges, due, payments, refunds, lines, kept, on_its_way })
}
