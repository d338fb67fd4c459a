//! What money that arrived is used for, in one transaction with its arrival.

use calendars::is_sold_elsewhere;
use dialog::MoneyNews;
use domain::{
    money::Money,
    payable::Payable,
    payment::{Decision, Useless, decide},
    stay::{Actor, Stay},
};
use jiff::Timestamp;
use kernel::{
    App,
    jobs::{Job as _, JobError},
};
use payments::{Applied, Arrived, Back, OpenCheckout, received_by_purpose, start_refund, wait_for_person};
use store::{
    db::{DbError, Session},
    queue,
};

use super::late_money;
use crate::{
    ByChannel,
    change::{Action, changed_meanwhile, close_pages, refused, save},
    owed::{charges_of, missing_of, tell_money},
    room,
};

/// Uses money for its stay.
pub(crate) async fn use_money(
    app: &App,
    session: &mut Session,
    arrived: &Arrived,
    stay: Stay,
    now: Timestamp,
) -> Result<Applied, JobError> {
    let payable = Payable::from(&stay.terms().id);
    let this = (arrived.provider.as_str(), arrived.id.as_str());
    let currency = stay.terms().total.currency;
    let received = received_by_purpose(session, &payable, currency, Some(this)).await?;
    let charges = charges_of(session, &stay).await?;
    match decide(&stay, arrived.purpose, arrived.amount, &charges, &received, now) {
        // Another calendar has sold them in the last minutes: as if they were not ours any more.
        Decision::Confirm { surplus } if is_sold_elsewhere(session, &stay.terms().id).await? => {
            late_money::take_again(app, session, stay, arrived, surplus, now).await
        }
        Decision::Confirm { surplus } => {
            let confirmed = stay.clone().held().and_then(|held| held.confirm(now)).map_err(refused)?;
            confirm(app, session, &stay, confirmed.into(), arrived, now).await?;
            return_surplus(app, session, &stay, arrived, surplus, now).await?;
            Ok(Applied::Confirmed)
        }
        Decision::TakeAgain { surplus } => {
            late_money::take_again(app, session, stay, arrived, surplus, now).await
        }
        Decision::Credit { surplus } => credit(app, session, &stay, arrived, surplus, now).await,
        Decision::Short { missing } => {
            let news = MoneyNews::Short { paid: arrived.amount, due: missing };
            tell_money(app, session, &stay, news, now).await?;
            // A page for exactly the rest, where the first part was paid.
            let provider = payments::provider(app, &arrived.provider).map(|vendor| vendor.name().to_owned());
            let job = OpenCheckout::of(&payable, provider);
            queue::enqueue(session, &[job.enqueue_at(now)], now).await?;
            Ok(Applied::Short)
        }
        Decision::GiveBack(why) => {
            let (code, amount) = (stay.terms().code.to_string(), arrived.amount);
            let news = match why {
                Useless::PaidTwice => MoneyNews::SurplusReturned { code, amount },
                _ => MoneyNews::Returned { code, amount },
            };
            give_back(app, session, &stay, arrived, why, news, now).await
        }
        Decision::ForAPerson(doubt) => wait_for_person(app, session, arrived, doubt, now).await,
    }
}

pub(crate) async fn confirm(
    app: &App,
    session: &mut Session,
    before: &Stay,
    after: Stay,
    arrived: &Arrived,
    now: Timestamp,
) -> Result<Stay, JobError> {
    // The guest hears of the payment, which says more than that somebody has confirmed.
    let saved = save(app, session, before, after, Actor::Payment, Action::Confirm, now).await;
    let after = saved.map_err(changed_meanwhile)?;
    let terms = after.terms();
    room(app).metrics.reservations_confirmed.get_or_create(&ByChannel::of(terms.channel)).inc();
    room(app).metrics.payment_time_to_paid.observe(now.duration_since(terms.created_at).as_secs_f64());
    let news = confirmed_news(app, session, &after, arrived.amount).await?;
    tell_money(app, session, &after, news, now).await?;
    Ok(after)
}

pub(crate) async fn confirmed_news(
    app: &App,
    session: &mut Session,
    stay: &Stay,
    amount: Money,
) -> Result<MoneyNews, DbError> {
    let terms = stay.terms();
    let all = room(app).catalogue.all(session).await?;
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
    app: &App,
    session: &mut Session,
    stay: &Stay,
    arrived: &Arrived,
    surplus: Money,
    now: Timestamp,
) -> Result<Applied, JobError> {
    let before = missing_of(session, stay).await?;
    let used = arrived.amount.minus(surplus);
    let open = before.iter().fold(Money::zero(used.currency), |sum, one| sum.plus(one.amount)).minus(used);
    let left = open.is_positive().then_some(open);
    let code = stay.terms().code.to_string();
    tell_money(app, session, stay, MoneyNews::Credited { code, amount: used, left }, now).await?;
    return_surplus(app, session, stay, arrived, surplus, now).await?;
    if left.is_none() {
        // Other pages of the same charge would be paid twice.
        close_pages(session, stay, now).await?;
    }
    Ok(Applied::Credit)
}

/// More than the stay can use in one payment: the rest of it goes back.
pub(crate) async fn return_surplus(
    app: &App,
    session: &mut Session,
    stay: &Stay,
    arrived: &Arrived,
    surplus: Money,
    now: Timestamp,
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
    start_refund(app, session, &back, now).await?;
    let news = MoneyNews::SurplusReturned { code: stay.terms().code.to_string(), amount: surplus };
    tell_money(app, session, stay, news, now).await
}

/// The stay cannot use the money: it goes back by itself, and the guest is told.
pub(crate) async fn give_back(
    app: &App,
    session: &mut Session,
    stay: &Stay,
    arrived: &Arrived,
    why: Useless,
    news: MoneyNews,
    now: Timestamp,
) -> Result<Applied, JobError> {
    let back = Back {
        provider: &arrived.provider,
        payment_id: &arrived.id,
        payable: Some(&Payable::from(&stay.terms().id)),
        amount: arrived.amount,
        reason: why.as_str(),
    };
    start_refund(app, session, &back, now).await?;
    tell_money(app, session, stay, news, now).await?;
    tracing::info!(stay = %stay.terms().id, reason = why.as_str(), "money that no stay can use goes back");
    Ok(Applied::Returned)
}
