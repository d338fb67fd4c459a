//! All that a page of one stay shows, in one call and one session.

use domain::{
    accommodation::Accommodation,
    charges_of_stay::Missing,
    money::Money,
    price::Quote,
    stay::{Status, Stay},
};
use jiff::Timestamp;
use kernel::{App, DbError};
use payments::offline_payment::{self, Receipt};

use crate::{
    guest_links::pay_url_for,
    owed::{Summary, is_offer_in, next_due_in, payable_of, summary_in},
};

pub struct Overview {
    pub stay: Stay,
    pub accommodation: Option<Accommodation>,
    /// As it is at this moment: a hold whose time is over has expired, whether anything has been written or not.
    pub status: Status,
    /// The lines of the price, where they still add up to what was agreed.
    pub quote: Option<Quote>,
    pub money: Summary,
    /// Whether it is equal nights, kept for money that came too late: nothing is to be paid for it.
    pub is_offer: bool,
    /// What can be paid now, and where.
    pub next_due: Option<Missing>,
    pub pay_url: Option<String>,
    /// Of money that was taken by hand, oldest first.
    pub receipts: Vec<Receipt>,
    /// The instant at which the guest may enter.
    pub check_in_at: Option<Timestamp>,
    /// What goes back if the guest cancels a confirmed stay now.
    pub refund_now: Option<Money>,
}

/// The stay that this token opens, with everything about it; None where it opens none.
pub async fn overview(app: &App, token: &str) -> Result<Option<Overview>, DbError> {
    let now = app.now();
    let mut session = app.snapshot().await?;
    let Some(stay) = store::stay::find_by_token(&mut session, token).await? else { return Ok(None) };
    let terms = stay.terms();
    let accommodation = store::accommodation::find(&mut session, &terms.accommodation_id).await?;
    let money = summary_in(app, &mut session, &stay).await?;
    let is_offer = matches!(stay, Stay::Held(_)) && is_offer_in(&mut session, &terms.id).await?;
    let next_due = next_due_in(&mut session, &stay, now).await?;
    let receipts = offline_payment::list_receipts(&mut session, &payable_of(&stay)).await?;
    drop(session);

    let status = stay.status_at(now);
    let check_in_at =
        accommodation.as_ref().map(|accommodation| accommodation.check_in_at(terms.period.check_in()));
    let is_confirmed = status == Status::Confirmed;
    let refund_now = check_in_at
        .filter(|_| is_confirmed)
        .map(|check_in_at| terms.policy.refund_of(money.kept, check_in_at, now));
    let quote = accommodation.as_ref().map(|accommodation| accommodation.pricing.quote(&terms.period));
    Ok(Some(Overview {
        quote: quote.filter(|quote| quote.total == terms.total),
        pay_url: next_due.and_then(|next| pay_url_for(app, terms, next.amount)),
        status,
        accommodation,
        money,
        is_offer,
        next_due,
        receipts,
        check_in_at,
        refund_now,
        stay,
    }))
}
