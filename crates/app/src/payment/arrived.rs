//! What money that arrived is used for, in one transaction with its arrival.

use dialog::MoneyNews;
use domain::{
    charge::Purpose,
    money::Money,
    payment::{Decision, Doubt, Useless, decide},
    stay::{Actor, Stay},
};
use jiff::Timestamp;
use store::{
    db::{DbError, Session},
    payment::{self, RETURNED, WAITING},
    queue,
};

use super::{
    charges::{charges_of, missing_of},
    late, raise,
    refund::{self, Back},
};
use crate::{
    App,
    calendar::is_sold_elsewhere,
    conversation::tell_money,
    jobs::{Job, JobError},
    metrics::ByChannel,
    stay::{changed_meanwhile, refused, save},
};

/// Money that arrived and has not been used yet.
pub(super) struct Arrived<'a> {
    pub provider: &'a str,
    /// The provider's id of the payment.
    pub id: &'a str,
    /// What it was asked for.
    pub purpose: Purpose,
    pub amount: Money,
    /// Why it may not be what it seems.
    pub doubt: Option<Doubt>,
}

/// Uses money for its stay. The word that comes back is stored with the payment.
pub(super) async fn use_money(
    app: &App,
    session: &mut Session,
    arrived: &Arrived<'_>,
    stay: Option<Stay>,
    now: Timestamp,
) -> Result<&'static str, JobError> {
    if let Some(doubt) = arrived.doubt {
        return wait_for_person(app, session, arrived, doubt, now).await;
    }
    let Some(stay) = stay else {
        return wait_for_person(app, session, arrived, Doubt::NoSuchStay, now).await;
    };
    let received = received_by_purpose(session, &stay, Some(arrived)).await?;
    let charges = charges_of(session, &stay).await?;
    match decide(&stay, arrived.purpose, arrived.amount, &charges, &received, now) {
        // Another calendar has sold them in the last minutes: as if they were not ours any more.
        Decision::Confirm { surplus } if is_sold_elsewhere(session, &stay.terms().id).await? => {
            late::take_again(app, session, stay, arrived, surplus, now).await
        }
        Decision::Confirm { surplus } => {
            let confirmed = stay.clone().held().and_then(|held| held.confirm(now)).map_err(refused)?;
            confirm(app, session, &stay, confirmed.into(), arrived, now).await?;
            return_surplus(app, session, &stay, arrived, surplus, now).await?;
            Ok("confirmed")
        }
        Decision::TakeAgain { surplus } => late::take_again(app, session, stay, arrived, surplus, now).await,
        Decision::Credit { surplus } => credit(app, session, &stay, arrived, surplus, now).await,
        Decision::Short { missing } => {
            let news = MoneyNews::Short { paid: arrived.amount, due: missing };
            tell_money(app, session, &stay, news, now).await?;
            // A page for exactly the rest, where the first part was paid.
            let provider = app.provider(arrived.provider).map(|vendor| vendor.name().to_owned());
            let job = Job::OpenCheckout { stay_id: stay.terms().id.clone(), provider };
            queue::enqueue(session, &[job.enqueue_at(now)], now).await?;
            Ok("short")
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

/// What was received for a stay and is not on its way back, in its own currency, by what it was asked for.
pub(super) async fn received_by_purpose(
    session: &mut Session,
    stay: &Stay,
    but_for: Option<&Arrived<'_>>,
) -> Result<Vec<(Purpose, Money)>, DbError> {
    let terms = stay.terms();
    let payments = payment::list_of_stay(session, &terms.id).await?;
    let is_other = |one: &payment::Payment| {
        but_for.is_none_or(|this| one.provider != this.provider || one.provider_payment_id != this.id)
    };
    // What waits for a person (another account, play money), or goes back, covers nothing.
    let counts =
        |one: &payment::Payment| one.counts() && one.amount.currency == terms.total.currency && is_other(one);
    Ok(payments.iter().filter(|one| counts(one)).map(|one| (one.purpose, one.kept())).collect())
}

/// What was received for the price of a stay: all but penalties.
pub(crate) async fn received_for_price(session: &mut Session, stay: &Stay) -> Result<Money, DbError> {
    let parts = received_by_purpose(session, stay, None).await?;
    let zero = Money::zero(stay.terms().total.currency);
    let price = parts.into_iter().filter(|(purpose, _)| *purpose != Purpose::Penalty);
    Ok(price.fold(zero, |sum, (_, part)| sum.plus(part)))
}

/// The same in one sum.
pub(crate) async fn received(session: &mut Session, stay: &Stay) -> Result<Money, DbError> {
    let parts = received_by_purpose(session, stay, None).await?;
    Ok(parts.into_iter().fold(Money::zero(stay.terms().total.currency), |sum, (_, part)| sum.plus(part)))
}

pub(super) async fn confirm(
    app: &App,
    session: &mut Session,
    before: &Stay,
    after: Stay,
    arrived: &Arrived<'_>,
    now: Timestamp,
) -> Result<Stay, JobError> {
    // The guest hears of the payment, which says more than that somebody has confirmed.
    let saved = save(app, session, before, after, Actor::Payment, "confirm", now).await;
    let after = saved.map_err(changed_meanwhile)?;
    let terms = after.terms();
    app.metrics.reservations_confirmed.get_or_create(&ByChannel::of(terms.channel)).inc();
    app.metrics.payment_time_to_paid.observe(now.duration_since(terms.created_at).as_secs_f64());
    let news = confirmed_news(app, session, &after, arrived.amount).await?;
    tell_money(app, session, &after, news, now).await?;
    Ok(after)
}

pub(super) async fn confirmed_news(
    app: &App,
    session: &mut Session,
    stay: &Stay,
    amount: Money,
) -> Result<MoneyNews, DbError> {
    let terms = stay.terms();
    let all = app.catalogue.all(session).await?;
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
    arrived: &Arrived<'_>,
    surplus: Money,
    now: Timestamp,
) -> Result<&'static str, JobError> {
    let before = missing_of(session, stay).await?;
    let used = arrived.amount.minus(surplus);
    let open = before.iter().fold(Money::zero(used.currency), |sum, one| sum.plus(one.amount)).minus(used);
    let left = open.is_positive().then_some(open);
    let code = stay.terms().code.to_string();
    tell_money(app, session, stay, MoneyNews::Credited { code, amount: used, left }, now).await?;
    return_surplus(app, session, stay, arrived, surplus, now).await?;
    if left.is_none() {
        // Other pages of the same charge would be paid twice.
        crate::stay::close_pages(session, stay, now).await?;
    }
    Ok("credit")
}

/// More than the stay can use in one payment: the rest of it goes back.
pub(super) async fn return_surplus(
    app: &App,
    session: &mut Session,
    stay: &Stay,
    arrived: &Arrived<'_>,
    surplus: Money,
    now: Timestamp,
) -> Result<(), DbError> {
    if !surplus.is_positive() {
        return Ok(());
    }
    let back = Back {
        provider: arrived.provider,
        payment_id: arrived.id,
        stay_id: Some(&stay.terms().id),
        amount: surplus,
        reason: Useless::PaidTwice.as_str(),
    };
    refund::start(app, session, &back, now).await?;
    let news = MoneyNews::SurplusReturned { code: stay.terms().code.to_string(), amount: surplus };
    tell_money(app, session, stay, news, now).await
}

/// The stay cannot use the money: it goes back by itself, and the guest is told.
pub(super) async fn give_back(
    app: &App,
    session: &mut Session,
    stay: &Stay,
    arrived: &Arrived<'_>,
    why: Useless,
    news: MoneyNews,
    now: Timestamp,
) -> Result<&'static str, JobError> {
    let back = Back {
        provider: arrived.provider,
        payment_id: arrived.id,
        stay_id: Some(&stay.terms().id),
        amount: arrived.amount,
        reason: why.as_str(),
    };
    refund::start(app, session, &back, now).await?;
    tell_money(app, session, stay, news, now).await?;
    tracing::info!(stay = %stay.terms().id, reason = why.as_str(), "money that no stay can use goes back");
    Ok(RETURNED)
}

async fn wait_for_person(
    app: &App,
    session: &mut Session,
    arrived: &Arrived<'_>,
    doubt: Doubt,
    now: Timestamp,
) -> Result<&'static str, JobError> {
    let detail = "an approved payment waits for a person";
    raise(app, session, arrived.provider, arrived.id, doubt.as_str(), detail, now).await?;
    Ok(WAITING)
}
