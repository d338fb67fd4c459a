//! The ledger's postings, and sums over them.

use domain::{
    ledger::{Account, Movement, Posting},
    money::{Currency, Money},
    payment::at_bank::AtBank,
};
use jiff::Timestamp;

use crate::db::{DbError, Result, Row, Session, insert_many};

/// Writes a posting. False when this movement has been posted before: then nothing is written.
///
/// # Errors
/// [`DbError::Corrupt`] for a posting that does not balance.
pub async fn post(session: &mut Session, posting: &Posting, now: Timestamp) -> Result<bool> {
    if !posting.balances() {
        return Err(DbError::Corrupt("a posting that does not balance"));
    }
    let sql = "insert into posting (movement, provider, external_id, at) values ($1, $2, $3, $4)
      on conflict (provider, movement, external_id) do nothing returning seq";
    let args = vec![
        posting.movement.as_str().into(),
        posting.provider.as_str().into(),
        posting.external_id.as_str().into(),
        now.into(),
    ];
    let Some(seq) = session.first(sql, args, |row| row.int("seq")).await? else { return Ok(false) };
    let columns = ["posting_seq", "account", "currency", "amount_minor"];
    let values = posting.entries.iter().flat_map(|entry| {
        let currency = entry.amount.currency;
        [seq.into(), entry.account.name().into(), currency.code().into(), entry.amount.minor.into()]
    });
    session.execute(insert_many("entry", &columns, posting.entries.len()), values.collect()).await?;
    Ok(true)
}

/// The number of a posting, which is also the number of a receipt.
pub async fn find_seq(
    session: &mut Session,
    movement: Movement,
    provider: &str,
    external_id: &str,
) -> Result<Option<i64>> {
    let sql = "select seq from posting where provider = $1 and movement = $2 and external_id = $3";
    let args = vec![provider.into(), movement.as_str().into(), external_id.into()];
    session.first(sql, args, |row| row.int("seq")).await
}

/// What an account holds, per currency.
pub async fn balance(session: &mut Session, account: &Account) -> Result<Vec<Money>> {
    let sql = "select currency, cast(sum(amount_minor) as bigint) as minor from entry where account = $1
      group by currency order by currency";
    session.all(sql, vec![account.name().into()], read_money).await
}

/// How much of a payment has been posted as given back, in minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Returned {
    /// All that ever went out.
    pub gone: i64,
    /// What of it stayed here after all.
    pub kept: i64,
}

pub async fn returned_of(session: &mut Session, provider: &str, payment_id: &str) -> Result<Returned> {
    // A refund is named by its payment and the total that went out with it.
    let sql = "select
        cast(coalesce(sum(case when p.movement = 'refund' then e.amount_minor else 0 end), 0) as bigint) as gone,
        cast(coalesce(sum(case when p.movement = 'refund_failed' then e.amount_minor else 0 end), 0) as bigint) as kept
      from posting p join entry e on e.posting_seq = p.seq
      where p.provider = $1 and p.movement in ('refund', 'refund_failed') and p.external_id >= $2
        and p.external_id < $3 and e.amount_minor > 0";
    // Everything that begins with the payment's id and a colon; a semicolon follows the colon.
    let args = vec![provider.into(), format!("{payment_id}:").into(), format!("{payment_id};").into()];
    let read = |row: &Row| Ok(Returned { gone: row.int("gone")?, kept: row.int("kept")? });
    Ok(session.first(sql, args, read).await?.unwrap_or_default())
}

/// What a bank has of a payment by the books, and how many postings say so.
pub async fn at_bank_of(session: &mut Session, provider: &str, payment_id: &str) -> Result<(AtBank, i64)> {
    // A payer's side of an entry is the account of what was paid for, or the waiting one until the money has an owner.
    let sql = "select count(distinct p.seq) as postings,
        cast(coalesce(sum(case when e.account like 'disputed:%' then e.amount_minor else 0 end), 0) as bigint) as withheld,
        cast(coalesce(sum(case when e.account not like 'provider:%' and e.account not like 'disputed:%' then e.amount_minor else 0 end), 0)
          as bigint) as taken
      from posting p join entry e on e.posting_seq = p.seq
      where p.provider = $1 and p.movement in ('dispute', 'dispute_won', 'chargeback') and p.external_id >= $2
        and p.external_id < $3";
    let args = vec![provider.into(), format!("{payment_id}:").into(), format!("{payment_id};").into()];
    let read = |row: &Row| {
        let at_bank = AtBank { withheld: row.int("withheld")?, taken: row.int("taken")? };
        Ok((at_bank, row.int("postings")?))
    };
    Ok(session.first(sql, args, read).await?.unwrap_or_default())
}

/// An entry with the posting it belongs to, for whoever reads an account.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub at: Timestamp,
    pub movement: Movement,
    pub provider: String,
    pub external_id: String,
    pub amount: Money,
}

/// The entries of an account, oldest first.
pub async fn list(session: &mut Session, account: &Account) -> Result<Vec<Line>> {
    let sql = "select p.at, p.movement, p.provider, p.external_id, e.currency, e.amount_minor as minor
      from entry e join posting p on p.seq = e.posting_seq where e.account = $1 order by p.seq";
    session
        .all(sql, vec![account.name().into()], |row| {
            Ok(Line {
                at: row.instant("at")?,
                movement: row.named("movement", Movement::parse)?,
                provider: row.text("provider")?,
                external_id: row.text("external_id")?,
                amount: read_money(row)?,
            })
        })
        .await
}

/// Every account with what it holds.
pub async fn list_balances(session: &mut Session) -> Result<Vec<(String, Money)>> {
    let sql = "select account, currency, cast(sum(amount_minor) as bigint) as minor from entry
      group by account, currency order by account, currency";
    session.all(sql, vec![], |row| Ok((row.text("account")?, read_money(row)?))).await
}

/// Postings whose entries do not add up to nothing: there are none, whatever happened.
pub async fn list_unbalanced(session: &mut Session) -> Result<Vec<i64>> {
    let sql = "select distinct posting_seq as seq from entry group by posting_seq, currency
      having sum(amount_minor) <> 0 order by posting_seq";
    session.all(sql, vec![], |row| row.int("seq")).await
}

/// Payments that hold money at their provider without a posting of their arrival. What was divided is posted by its
/// parts.
pub async fn list_unposted(session: &mut Session) -> Result<Vec<(String, String)>> {
    let sql = "select y.provider, y.provider_payment_id from payment y
      where y.status in ('approved', 'refunded', 'charged_back') and y.amount_minor > 0
        and coalesce(y.applied, '') <> 'divided' and not exists (
        select 1 from posting p
        where p.provider = y.provider and p.movement = 'payment' and p.external_id = y.provider_payment_id)
      order by y.provider, y.provider_payment_id";
    session.all(sql, vec![], |row| Ok((row.text("provider")?, row.text("provider_payment_id")?))).await
}

/// What the ledger and the payments say different amounts of: its account, both amounts.
pub async fn list_disagreeing(session: &mut Session) -> Result<Vec<(String, Money, Money)>> {
    // What waits for a person is booked on another account; what a bank took back is gone.
    let sql = "with booked as (
        select account, currency, cast(-sum(amount_minor) as bigint) as minor from entry
        where account not like 'provider:%' and account not like 'disputed:%' and account not like 'waiting:%'
        group by account, currency),
      shown as (
        select payable_kind || ':' || payable_id as account, currency,
          cast(sum(case when status = 'charged_back' then 0 else amount_minor - refunded_minor end
            - (select coalesce(sum(r.amount_minor), 0) from refund r where r.provider = payment.provider
                and r.provider_payment_id = payment.provider_payment_id and r.status = 'done'
                and r.provider_refund_id = 'by-hand')) as bigint) as minor
        from payment
        where payable_id is not null and status in ('approved', 'refunded', 'charged_back')
          and coalesce(applied, '') not in ('waiting', 'offered', 'divided')
        group by payable_kind, payable_id, currency)
      select b.account, b.currency, b.minor, coalesce(s.minor, 0) as shown_minor
      from booked b left join shown s on s.account = b.account and s.currency = b.currency
      where b.minor <> coalesce(s.minor, 0) order by b.account, b.currency";
    session
        .all(sql, vec![], |row| {
            let booked = read_money(row)?;
            Ok((row.text("account")?, booked, Money::new(row.int("shown_minor")?, booked.currency)))
        })
        .await
}

fn read_money(row: &Row) -> Result<Money> {
    let currency = row.named("currency", |code| Currency::parse(code).ok())?;
    Ok(Money::new(row.int("minor")?, currency))
}
