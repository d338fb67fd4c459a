//! What the stories share: a moment, cabins, and rows written past every check but the database's own.

use domain::{accommodation::Accommodation, period::Period, stay::Held};
use jiff::Timestamp;
use store::db::{Result, Session};
use testkit::{
    TestDb,
    noun_builders::{at, cabin, held},
};

/// The moment at which the stories begin.
pub fn now() -> Timestamp {
    at("2027-01-01T12:00:00Z")
}

/// Stores a cabin with this id.
pub async fn with_cabin(db: &TestDb, id: &str) -> Accommodation {
    let cabin = cabin(id);
    db.commit(async |session| store::accommodation::create(session, &cabin, now()).await).await;
    cabin
}

/// Stores a hold of these nights.
pub async fn with_hold(db: &TestDb, cabin: &Accommodation, period: Period) -> Held {
    let hold = held(cabin, period, now());
    db.commit(async |session| store::stay::create_many(session, std::slice::from_ref(&hold)).await).await;
    hold
}

/// Writes a stay in any status, as no code of ours would: what is refused here, the database refuses.
pub async fn insert_raw(
    session: &mut Session,
    id: &str,
    accommodation: &str,
    period: Period,
    status: &str,
) -> Result<()> {
    let sql = "insert into stay (id, code, token, accommodation_id, check_in, check_out, guests, channel, contact_name,
        contact_phone, contact_key, currency, total_minor, deposit_minor, status, expires_at, extended, created_at,
        version)
      values ($1, $1, $1, $2, $3, $4, 2, 'web', 'Ana', '5550101', '5550101', 'ARS', 100, 30, $5, $6, $7, $6, 1)";
    let args = vec![
        id.into(),
        accommodation.into(),
        period.check_in().into(),
        period.check_out().into(),
        status.into(),
        now().into(),
        false.into(),
    ];
    session.execute(sql, args).await.map(|_| ())
}

/// Pairs of live stays of one accommodation over one night: none, whatever happened.
pub async fn count_overlaps(session: &mut Session) -> i64 {
    let sql = "select count(*) as n from stay a join stay b on a.accommodation_id = b.accommodation_id and a.id < b.id
      where a.status in ('held', 'confirmed') and b.status in ('held', 'confirmed')
        and a.check_in < b.check_out and b.check_in < a.check_out";
    let count = session.first(sql, vec![], |row| row.int("n")).await;
    count.expect("stays can be counted").expect("one row")
}
