//! A group as a payable: what it asks of the businesses of its parts.

use std::collections::BTreeMap;

use domain::{
    charges_of_stay::{Missing, Purpose},
    money::Money,
    payable::{Kind, Payable},
};
use futures_util::future::BoxFuture;
use kernel::{App, DbError, Tx};
use store::{
    charge_part::{self, ChargePart},
    db::Session,
};

use super::divide;
use crate::{
    business::{Answer, Applied, Arrived, Bill, Business, News, Stored, Use},
    kept_in_context::business,
};

/// What a group does with money: it hands each part to the business of its payable.
pub(crate) struct GroupMoney;

/// A part, and the business that it belongs to.
pub(super) struct Owned<'a> {
    pub part: ChargePart,
    pub business: &'a dyn Business,
}

/// The parts of a group; one whose kind no room of this program has is left out.
pub(super) async fn parts_of<'a>(
    app: &'a App,
    session: &mut Session,
    group: &Payable,
) -> Result<Vec<Owned<'a>>, DbError> {
    let parts = charge_part::list(session, &group.id).await?;
    let owned = |part: ChargePart| Some(Owned { business: business(app, part.payable.kind)?, part });
    Ok(parts.into_iter().filter_map(owned).collect())
}

/// How much of a part is still owed.
pub(super) async fn owed(session: &mut Session, owned: &Owned<'_>) -> Result<Money, DbError> {
    let ChargePart { payable, purpose, amount } = &owned.part;
    let missing = owned.business.owes(session, payable).await?;
    let open = missing.iter().find(|one| one.purpose == *purpose).map(|one| one.amount);
    let zero = Money::zero(amount.currency);
    Ok(open
        .filter(|open| open.currency == amount.currency)
        .map_or(zero, |open| if open.minor < amount.minor { open } else { *amount }))
}

impl Business for GroupMoney {
    fn kind(&self) -> Kind {
        Kind::Group
    }

    fn prepare<'a>(&'a self, app: &'a App, payable: &'a Payable) -> BoxFuture<'a, ()> {
        Box::pin(async move {
            let parts = match app.read().await {
                Ok(mut session) => parts_of(app, &mut session, payable).await.unwrap_or_default(),
                // The transaction that follows meets the same fault, and says so.
                Err(_) => Vec::new(),
            };
            for Owned { part, business } in parts {
                business.prepare(app, &part.payable).await;
            }
        })
    }

    fn lock<'a>(&'a self, tx: &'a mut Tx<'_>, payables: &'a [Payable]) -> Stored<'a, bool> {
        Box::pin(async move {
            // Those of one business at once, so that it keeps its order.
            let mut of_kind = BTreeMap::<Kind, Vec<Payable>>::new();
            for group in payables {
                let parts = charge_part::list(&mut tx.session, &group.id).await?;
                if parts.is_empty() {
                    return Ok(false);
                }
                for part in parts {
                    of_kind.entry(part.payable.kind).or_default().push(part.payable);
                }
            }
            for (kind, mut parts) in of_kind {
                parts.sort();
                parts.dedup();
                let Some(business) = business(tx.app, kind) else { return Ok(false) };
                if !business.lock(tx, &parts).await? {
                    return Ok(false);
                }
            }
            Ok(true)
        })
    }

    fn use_money<'a>(
        &'a self,
        tx: &'a mut Tx<'_>,
        payable: &'a Payable,
        arrived: &'a Arrived,
    ) -> Answer<'a, Applied> {
        Box::pin(divide::use_money(tx, payable, arrived))
    }

    fn pending<'a>(&'a self, tx: &'a mut Tx<'_>, payable: &'a Payable, takes_days: bool) -> Answer<'a, ()> {
        Box::pin(async move {
            for Owned { part, business } in parts_of(tx.app, &mut tx.session, payable).await? {
                business.pending(tx, &part.payable, takes_days).await?;
            }
            Ok(())
        })
    }

    fn rejected<'a>(&'a self, tx: &'a mut Tx<'_>, payable: &'a Payable) -> Answer<'a, ()> {
        Box::pin(async move {
            for Owned { part, business } in parts_of(tx.app, &mut tx.session, payable).await? {
                business.rejected(tx, &part.payable).await?;
            }
            Ok(())
        })
    }

    /// What one part cannot use goes back; the others can.
    fn wants<'a>(&'a self, tx: &'a mut Tx<'_>, payable: &'a Payable, _: Purpose) -> Answer<'a, Use> {
        Box::pin(async move {
            let mut best = Use::None;
            for Owned { part, business } in parts_of(tx.app, &mut tx.session, payable).await? {
                best = best.min(business.wants(tx, &part.payable, part.purpose).await?);
            }
            Ok(best)
        })
    }

    fn uses_all<'a>(
        &'a self,
        app: &'a App,
        session: &'a mut Session,
        payable: &'a Payable,
    ) -> Stored<'a, bool> {
        Box::pin(async move {
            for Owned { part, business } in parts_of(app, session, payable).await? {
                if !business.uses_all(app, session, &part.payable).await? {
                    return Ok(false);
                }
            }
            Ok(true)
        })
    }

    fn owes<'a>(&'a self, _: &'a mut Session, _: &'a Payable) -> Stored<'a, Vec<Missing>> {
        // A group owes nothing itself: its parts do.
        Box::pin(async { Ok(Vec::new()) })
    }

    fn bill<'a>(&'a self, tx: &'a mut Tx<'_>, payable: &'a Payable) -> Stored<'a, Option<Bill>> {
        Box::pin(async move {
            let parts = parts_of(tx.app, &mut tx.session, payable).await?;
            let Some(purpose) = parts.first().map(|owned| owned.part.purpose) else { return Ok(None) };
            let mut whole: Option<Bill> = None;
            for owned in &parts {
                let open = owed(&mut tx.session, owned).await?;
                let bill = owned.business.bill(tx, &owned.part.payable).await?;
                let Some(bill) = bill.filter(|_| open.is_positive()) else { continue };
                whole = Some(match whole {
                    None => first(bill, purpose, open),
                    Some(whole) => together(whole, bill, open),
                });
            }
            Ok(whole)
        })
    }

    fn keeps_pages_open<'a>(
        &'a self,
        app: &'a App,
        session: &'a mut Session,
        payable: &'a Payable,
    ) -> Stored<'a, bool> {
        Box::pin(async move {
            for Owned { part, business } in parts_of(app, session, payable).await? {
                if business.keeps_pages_open(app, session, &part.payable).await? {
                    return Ok(true);
                }
            }
            Ok(false)
        })
    }

    /// Of the whole order: whoever pays is told once, through the first part.
    fn tell<'a>(&'a self, tx: &'a mut Tx<'_>, payable: &'a Payable, news: News) -> Stored<'a, ()> {
        Box::pin(async move {
            match parts_of(tx.app, &mut tx.session, payable).await?.first() {
                Some(Owned { part, business }) => business.tell(tx, &part.payable, news).await,
                None => Ok(()),
            }
        })
    }
}

/// The bill of the first part that is still owed, as that of the group.
fn first(bill: Bill, purpose: Purpose, open: Money) -> Bill {
    let due = Missing { purpose, amount: open, due_at: bill.due.due_at };
    Bill { due, charged: open, sets_charge: true, ..bill }
}

/// One page for both: it ends when the first of them does, and has no way to pay that one of them cannot wait for.
fn together(whole: Bill, bill: Bill, open: Money) -> Bill {
    let amount = whole.due.amount.plus(open);
    let due_at = whole.due.due_at.min(bill.due.due_at);
    Bill {
        due: Missing { amount, due_at, ..whole.due },
        charged: amount,
        sets_charge: true,
        until: whole.until.min(bill.until),
        may_be_extended: whole.may_be_extended || bill.may_be_extended,
        slow: whole.slow.zip(bill.slow).map(|(one, other)| one.min(other)),
        // Several charges of one stay have its one title.
        title: if whole.title.ends_with(&bill.title) {
            whole.title
        } else {
            format!("{} + {}", whole.title, bill.title)
        },
        back_url: whole.back_url,
        payer_email: whole.payer_email.or(bill.payer_email),
    }
}
