//! Nights of an equal accommodation, kept for a guest whose money came when their own nights were gone. The money
//! waits with the offer: it is assigned to the new stay, or goes back.

use domain::ids::StayId;
use jiff::Timestamp;

use crate::db::{Engine, Result, Row, Session};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The hold of the equal nights.
    pub stay_id: StayId,
    /// The stay whose nights were gone.
    pub for_stay_id: StayId,
    pub provider: String,
    pub provider_payment_id: String,
}

/// How an offer ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Accepted,
    /// Declined, or not answered in time: the money goes back.
    Returned,
}

impl Outcome {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Returned => "returned",
        }
    }
}

const COLUMNS: &str = "stay_id, for_stay_id, provider, provider_payment_id";

pub async fn create(session: &mut Session, offer: &Offer, now: Timestamp) -> Result<()> {
    let sql = "insert into offer (stay_id, for_stay_id, provider, provider_payment_id, created_at)
      values ($1, $2, $3, $4, $5)";
    let args = vec![
        (&offer.stay_id).into(),
        (&offer.for_stay_id).into(),
        offer.provider.as_str().into(),
        offer.provider_payment_id.as_str().into(),
        now.into(),
    ];
    session.execute(sql, args).await?;
    Ok(())
}

/// The offer behind a stay, as long as it is open.
pub async fn find_open(session: &mut Session, stay_id: &StayId) -> Result<Option<Offer>> {
    let sql = format!("select {COLUMNS} from offer where stay_id = $1 and outcome is null");
    session.first(sql, vec![stay_id.into()], read).await
}

/// The open offer that was made for the nights of a stay.
pub async fn find_open_for(session: &mut Session, for_stay_id: &StayId) -> Result<Option<Offer>> {
    let sql = format!("select {COLUMNS} from offer where for_stay_id = $1 and outcome is null limit 1");
    session.first(sql, vec![for_stay_id.into()], read).await
}

/// All offers that are open, oldest first.
pub async fn list_open(session: &mut Session) -> Result<Vec<Offer>> {
    let sql = format!("select {COLUMNS} from offer where outcome is null order by created_at, stay_id");
    session.all(sql, vec![], read).await
}

/// The offer behind a stay, as long as it is open; kept from others until the transaction ends.
pub async fn lock_open(session: &mut Session, stay_id: &StayId) -> Result<Option<Offer>> {
    let lock = match session.engine() {
        Engine::Sqlite => "",
        Engine::Postgres => "for update",
    };
    let sql = format!("select {COLUMNS} from offer where stay_id = $1 and outcome is null {lock}");
    session.first(sql, vec![stay_id.into()], read).await
}

/// Ends an offer. False when it had ended before.
pub async fn end(session: &mut Session, stay_id: &StayId, outcome: Outcome, now: Timestamp) -> Result<bool> {
    let sql = "update offer set outcome = $2, ended_at = $3 where stay_id = $1 and outcome is null";
    Ok(session.execute(sql, vec![stay_id.into(), outcome.as_str().into(), now.into()]).await? == 1)
}

fn read(row: &Row) -> Result<Offer> {
    Ok(Offer {
        stay_id: StayId::new(row.text("stay_id")?),
        for_stay_id: StayId::new(row.text("for_stay_id")?),
        provider: row.text("provider")?,
        provider_payment_id: row.text("provider_payment_id")?,
    })
}
