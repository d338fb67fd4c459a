//! What money that arrived is used for, in one transaction with its arrival.

use calendars::is_sold_elsewhere;
use dialog::MoneyNews;
use domain::{
    money::Money,
    payable::Payable,
    payment::{Decision, Useless, decide},
    stay::Stay,
};
use kernel::{
    Tx,
    jobs::{Job as _, JobError},
};
use payments::{Applied, Arrived, Back, OpenCheckout, received_by_purpose, start_refund, wait_for_person};
use store::db::DbError;

use super::late_money;
use crate::{
    ByChannel,
    change::{Action, changed_meanwhile, close_pages, refused, save},
    owed::{charges_of, missing_of, tell_money},
    room,
};

/// Uses money for its stay.
pub(crate) async fn use_money(tx: &mut Tx<'_>, arrived: &Arrived, stay: Stay) -> Result<Applied, JobError> {
    let payable = Payable::from(&stay.terms().id);
    let this = (arrived.provider.as_str(), arrived.id.as_str());
    let currency = stay.terms().total.currency;
    let received = received_by_purpose(&mut tx.session, &payable, currency, Some(this)).await?;
    let charges = charges_of(&mut tx.session, &stay).await?;
    match decide(&stay, arrived.purpose, arrived.amount, &charges, &received, tx.now) {
        // Another calendar has sold them in the last minutes: as if they were not ours any more.
        Decision::Confirm { surplus } if is_sold_elsewhere(&mut tx.session, &stay.terms().id).await? => {
            late_money::take_again(tx, stay, arrived, surplus).await
        }
        Decision::Confirm { surplus } => {
            let confirmed = stay.clone().held().and_then(|held| held.confirm(tx.now)).map_err(refused)?;
            confirm(tx, &stay, confirmed.into(), arrived).await?;
            return_surplus(tx, &stay, arrived, surplus).await?;
            Ok(Applied::Confirmed)
        }
        Decision::TakeAgain { surplus } => late_money::take_again(tx, stay, arrived, surplus).await,
        Decision::Credit { surplus } => credit(tx, &stay, arrived, surplus).await,
        Decision::Short { missing } => {
            let news = MoneyNews::Short { paid: arrived.amount, due: missing };
            tell_money(tx, &stay, news).await?;
            // A page for exactly the rest, where the first part was paid.
            let provider =
                payments::provider(tx.app, &arrived.provider).map(|vendor| vendor.name().to_owned());
            let job = OpenCheckout::of(&payable, provider);
            tx.enqueue(&[job.enqueue_at(tx.now)]).await?;
            Ok(Applied::Short)
        }
        Decision::GiveBack(why) => {
            let (code, amount) = (stay.terms().code.to_string(), arrived.amount);
            let news = match why {
                Useless::PaidTwice => MoneyNews::SurplusReturned { code, amount },
                _ => MoneyNews::Returned { code, amount },
            };
            give_back(tx, &stay, arrived, why, news).await
        }
        Decision::ForAPerson(doubt) => wait_for_person(tx, arrived, doubt).await,
    }
}

pub(crate) async fn confirm(
    tx: &mut Tx<'_>,
    before: &Stay,
    after: Stay,
    arrived: &Arrived,
) -> Result<Stay, JobError> {
    // The guest hears of the payment, which says more than that somebody has confirmed.
    let saved = save(tx, before, after, Action::Confirm).await;
    let after = saved.map_err(changed_meanwhile)?;
    let terms = after.terms();
    room(tx.app).metrics.reservations_confirmed.get_or_create(&ByChannel::of(terms.channel)).inc();
    room(tx.app).metrics.payment_time_to_paid.observe(tx.now.duration_since(terms.created_at).as_secs_f64());
    let news = confirmed_news(tx, &after, arrived.amount).await?;
    tell_money(tx, &after, news).await?;
    Ok(after)
}

pub(crate) async fn confirmed_news(
    tx: &mut Tx<'_>,
    stay: &Stay,
    amount: Money,
) -> Result<MoneyNews, DbError> {
    let terms = stay.terms();
    let all = room(tx.app).catalogue.all(&mut tx.session).await?;
    let name = all.iter().find(|a| a.id == terms.accommodation_id).map(|a| a.name.clone());
    Ok(MoneyNews::Confirmed {
        code: terms.code.to_string(),
        amount,
        accommodation_name: name.unwrap_or_default(),
        check_in: terms.period.check_in(),
        check_out: terms.period.check_out(),
    })
}

/// Money for a stay that is confirmed, or that owes something after its end.
async fn credit(
    tx: &mut Tx<'_>,
    stay: &Stay,
    arrived: &Arrived,
    surplus: Money,
) -> Result<Applied, JobError> {
    let before = missing_of(&mut tx.session, stay).await?;
    let used = arrived.amount.minus(surplus);
    let open = before.iter().fold(Money::zero(used.currency), |sum, one| sum.plus(one.amount)).minus(used);
    let left = open.is_positive().then_some(open);
    let code = stay.terms().code.to_string();
    tell_money(tx, stay, MoneyNews::Credited { code, amount: used, left }).await?;
    return_surplus(tx, stay, arrived, surplus).await?;
    if left.is_none() {
        // Other pages of the same charge would be paid twice.
        close_pages(tx, stay).await?;
    }
    Ok(Applied::Credit)
}

/// More than the stay can use in one payment: the rest of it goes back.
pub(crate) async fn return_surplus(
    tx: &mut Tx<'_>,
    stay: &Stay,
    arrived: &Arrived,
    surplus: Money,
) -> Result<(), DbError> {
    if !surplus.is_positive() {
        return Ok(());
    }
    let back = Back {
        provider: &arrived.provider,
        payment_id: &arrived.id,
        payable: Some(&Payable::from(&stay.terms().id)),
        amount: surplus,
        reason: Useless::PaidTwice.as_str(),
    };
    start_refund(tx, &back).await?;
    let news = MoneyNews::SurplusReturned { code: stay.terms().code.to_string(), amount: surplus };
    tell_money(tx, stay, news).await
}

/// The stay cannot use the money: it goes back by itself, and the guest is told.
pub(crate) async fn give_back(
    tx: &mut Tx<'_>,
    stay: &Stay,
    arrived: &Arrived,
    why: Useless,
    news: MoneyNews,
) -> Result<Applied, JobError> {
    let back = Back {
        provider: &arrived.provider,
        payment_id: &arrived.id,
        payable: Some(&Payable::from(&stay.terms().id)),
        amount: arrived.amount,
        reason: why.as_str(),
    };
    start_refund(tx, &back).await?;
    tell_money(tx, stay, news).await?;
    tracing::info!(stay = %stay.terms().id, reason = why.as_str(), "money that no stay can use goes back");
    Ok(Applied::Returned)
}
