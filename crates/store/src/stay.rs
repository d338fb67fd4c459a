//! Stays: finding, locking, writing them, and which of them overlap given nights.

use std::collections::HashMap;

use domain::{
    cancellation_policy::Policy,
    guest::{Channel, Contact},
    ids::{AccommodationId, StayCode, StayId},
    money::{Currency, Money},
    period::Period,
    stay::{Cancelled, Completed, Confirmed, Expired, Held, NoShow, Status, Stay, Terms},
};
use jiff::Timestamp;

use crate::db::{DbError, Engine, Result, Row, Session, Value, insert_many, padded, placeholders};

const COLUMNS: [&str; 26] = [
    "id",
    "code",
    "token",
    "accommodation_id",
    "check_in",
    "check_out",
    "guests",
    "channel",
    "contact_name",
    "contact_phone",
    "contact_key",
    "contact_email",
    "currency",
    "total_minor",
    "deposit_minor",
    "status",
    "expires_at",
    "extended",
    "confirmed_at",
    "ended_at",
    "end_reason",
    "conversation_id",
    "created_at",
    "version",
    "reminded_at",
    "policy",
];

/// Without this PostgreSQL inserts first and then waits for every other writer of the same nights, each of whom
/// waits for us: of many writers at once none would get through. With it a writer waits before inserting.
const WAIT_FIRST_POSTGRES: &str = "on conflict on constraint stay_overlap do nothing";

/// Inserts new holds in one statement.
///
/// # Errors
/// [`DbError::Overlap`] when the database finds two live stays over one night: then none was inserted.
pub async fn create_many(session: &mut Session, holds: &[Held]) -> Result<()> {
    if holds.is_empty() {
        return Ok(());
    }
    let wait_first = match session.engine() {
        Engine::Sqlite => "",
        Engine::Postgres => WAIT_FIRST_POSTGRES,
    };
    let sql = format!("{} {wait_first}", insert_many("stay", &COLUMNS, holds.len()));
    let values = holds.iter().flat_map(|held| values(&Stay::Held(held.clone())));
    let inserted = session.execute(sql, values.collect()).await?;
    if usize::try_from(inserted) == Ok(holds.len()) {
        return Ok(());
    }
    let sql = format!("delete from stay where id in ({})", placeholders(1, holds.len()));
    session.execute(sql, holds.iter().map(|held| (&held.terms.id).into()).collect()).await?;
    Err(DbError::Overlap)
}

/// Writes a changed stay over the version that the change was made from, and counts the version up.
/// False when somebody else changed it meanwhile: then nothing was written.
pub async fn update(session: &mut Session, stay: &Stay) -> Result<bool> {
    let sql =
        "update stay set check_in = $3, check_out = $4, guests = $5, total_minor = $6, deposit_minor = $7,
        status = $8, expires_at = coalesce($9, expires_at), extended = $10, confirmed_at = coalesce($11, confirmed_at), ended_at = $12, end_reason = $13,
        version = version + 1
      where id = $1 and version = $2";
    let terms = stay.terms();
    let state = state_columns(stay);
    let args = vec![
        (&terms.id).into(),
        terms.version.into(),
        terms.period.check_in().into(),
        terms.period.check_out().into(),
        terms.guests.into(),
        terms.total.minor.into(),
        terms.deposit.minor.into(),
        stay.status().as_str().into(),
        state.expires_at.into(),
        state.extended.into(),
        state.confirmed_at.into(),
        state.ended_at.into(),
        state.end_reason.into(),
    ];
    Ok(session.execute(sql, args).await? == 1)
}

pub async fn find_by_code(session: &mut Session, code: &StayCode) -> Result<Option<Stay>> {
    find(session, "code", code.as_str(), "").await
}

pub async fn find_by_token(session: &mut Session, token: &str) -> Result<Option<Stay>> {
    find(session, "token", token, "").await
}

pub async fn find_by_id(session: &mut Session, id: &StayId) -> Result<Option<Stay>> {
    find(session, "id", id.as_str(), "").await
}

/// Reads a stay and keeps others from changing it until the transaction ends.
pub async fn lock_by_id(session: &mut Session, id: &StayId) -> Result<Option<Stay>> {
    let lock = match session.engine() {
        Engine::Sqlite => "",
        Engine::Postgres => "for update",
    };
    find(session, "id", id.as_str(), lock).await
}

async fn find(
    session: &mut Session,
    column: &'static str,
    value: &str,
    lock: &'static str,
) -> Result<Option<Stay>> {
    let sql = format!("select {} from stay where {column} = $1 {lock}", COLUMNS.join(", "));
    session.first(sql, vec![value.into()], read).await
}

/// The stays over any of the wanted nights whose status is live, including holds whose time is over:
/// the caller ends those in his own transaction.
pub async fn list_in_the_way(
    session: &mut Session,
    wanted: &[(AccommodationId, Period)],
) -> Result<Vec<Stay>> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let wanted = padded(wanted);
    let columns = COLUMNS.map(|column| format!("s.{column}")).join(", ");
    let rows: Vec<String> =
        (0..wanted.len()).map(|row| format!("({})", placeholders(row * 3 + 1, 3))).collect();
    let sql = format!(
        "with wanted (accommodation_id, check_in, check_out) as (values {})
         select {columns} from wanted w join stay s on s.accommodation_id = w.accommodation_id
         where s.status in ('held', 'confirmed') and s.check_out > w.check_in and s.check_in < w.check_out
         order by s.id",
        rows.join(", ")
    );
    let args = wanted
        .iter()
        .flat_map(|(id, period)| [id.into(), period.check_in().into(), period.check_out().into()]);
    let mut found = session.all(sql, args.collect(), read).await?;
    found.dedup_by(|one, other| one.terms().id == other.terms().id);
    Ok(found)
}

/// Live stays of one accommodation within `window`, by check-in.
pub async fn list_live(
    session: &mut Session,
    accommodation_id: &AccommodationId,
    window: &Period,
    now: Timestamp,
) -> Result<Vec<Stay>> {
    let sql = format!(
        "select {} from stay where accommodation_id = $1 and status in ('held', 'confirmed')
           and check_out > $2 and check_in < $3 and (status = 'confirmed' or expires_at > $4)
         order by check_in",
        COLUMNS.join(", ")
    );
    let args = vec![accommodation_id.into(), window.check_in().into(), window.check_out().into(), now.into()];
    session.all(sql, args, read).await
}

/// What a calendar shows as taken within `window`, by check-in: live stays, and those that are over.
pub async fn list_shown(
    session: &mut Session,
    accommodation_id: &AccommodationId,
    window: &Period,
    now: Timestamp,
) -> Result<Vec<Stay>> {
    let mut stays = list_live(session, accommodation_id, window, now).await?;
    let sql = format!(
        "select {} from stay where accommodation_id = $1 and status = 'completed'
           and check_out > $2 and check_in < $3
         order by check_in",
        COLUMNS.join(", ")
    );
    let args = vec![accommodation_id.into(), window.check_in().into(), window.check_out().into()];
    stays.extend(session.all(sql, args, read).await?);
    stays.sort_by_key(|stay| stay.terms().period.check_in());
    Ok(stays)
}

/// The latest stays of a person, newest first.
pub async fn list_by_contact(session: &mut Session, contact_key: &str, limit: i64) -> Result<Vec<Stay>> {
    let sql = format!(
        "select {} from stay where contact_key = $1 order by created_at desc, id desc limit $2",
        COLUMNS.join(", ")
    );
    session.all(sql, vec![contact_key.into(), limit.into()], read).await
}

/// Holds that are over at `now` and not yet tidied up, oldest first.
pub async fn list_expired(session: &mut Session, now: Timestamp, limit: i64) -> Result<Vec<Stay>> {
    let sql = format!(
        "select {} from stay where status = 'held' and expires_at <= $1 order by expires_at, id limit $2",
        COLUMNS.join(", ")
    );
    session.all(sql, vec![now.into(), limit.into()], read).await
}

/// Holds that end between `now` and `until` and whose guest has not been reminded, oldest first.
pub async fn list_to_remind(
    session: &mut Session,
    now: Timestamp,
    until: Timestamp,
    limit: i64,
) -> Result<Vec<Stay>> {
    let sql = format!(
        "select {} from stay where status = 'held' and expires_at > $1 and expires_at <= $2 and reminded_at is null
         order by expires_at, id limit $3",
        COLUMNS.join(", ")
    );
    session.all(sql, vec![now.into(), until.into(), limit.into()], read).await
}

/// Confirmed stays whose departure day is `day` or earlier.
pub async fn list_departed(session: &mut Session, day: jiff::civil::Date, limit: i64) -> Result<Vec<Stay>> {
    let sql = format!(
        "select {} from stay where status = 'confirmed' and check_out <= $1 order by check_out, id limit $2",
        COLUMNS.join(", ")
    );
    session.all(sql, vec![day.into(), limit.into()], read).await
}

/// True for the one caller who may remind the guest of this hold.
pub async fn mark_reminded(session: &mut Session, id: &StayId, now: Timestamp) -> Result<bool> {
    let sql = "update stay set reminded_at = $2 where id = $1 and status = 'held' and reminded_at is null";
    Ok(session.execute(sql, vec![id.into(), now.into()]).await? == 1)
}

/// Live holds per person, for the people in `contact_keys` who have any.
///
/// On PostgreSQL these people are locked until the transaction ends, so that two processes cannot both see room
/// for one more hold.
pub async fn count_held(
    session: &mut Session,
    contact_keys: &[String],
    now: Timestamp,
) -> Result<HashMap<String, i64>> {
    if contact_keys.is_empty() {
        return Ok(HashMap::new());
    }
    let contact_keys = padded(contact_keys);
    let args: Vec<Value> = contact_keys.iter().map(|key| Value::from(key.as_str())).collect();
    if session.engine() == Engine::Postgres {
        let each: Vec<String> = (0..contact_keys.len()).map(|n| format!("(${})", n + 1)).collect();
        let sql = format!(
            "select pg_advisory_xact_lock(hashtextextended(key, 7)) from (
               select key from (values {}) as person (key) order by key) as locked",
            each.join(", ")
        );
        session.rows(sql, args.clone()).await?;
    }
    // A sub-select for each person, in which the index by contact is the only way: given the rest as conditions
    // too, a database that knows little of the table yet walks through all holds instead of a person's few.
    let each: Vec<String> = (0..contact_keys.len()).map(|n| format!("(${})", n + 2)).collect();
    let sql = format!(
        "with person (contact_key) as (values {})
         select p.contact_key, (
           select count(case when s.status = 'held' and s.expires_at > $1 then 1 end) from stay s
           where s.contact_key = p.contact_key) as n
         from person p",
        each.join(", ")
    );
    let args = std::iter::once(now.into()).chain(args).collect();
    let counts = session.all(sql, args, |row| Ok((row.text("contact_key")?, row.int("n")?))).await?;
    Ok(counts.into_iter().filter(|(_, count)| *count > 0).collect())
}

struct StateColumns {
    expires_at: Option<Timestamp>,
    extended: bool,
    confirmed_at: Option<Timestamp>,
    ended_at: Option<Timestamp>,
    end_reason: Option<String>,
}

fn state_columns(stay: &Stay) -> StateColumns {
    let none = StateColumns {
        expires_at: None,
        extended: false,
        confirmed_at: None,
        ended_at: None,
        end_reason: None,
    };
    match stay {
        Stay::Held(held) => {
            StateColumns { expires_at: Some(held.expires_at), extended: held.extended, ..none }
        }
        Stay::Confirmed(confirmed) => StateColumns { confirmed_at: Some(confirmed.confirmed_at), ..none },
        Stay::Expired(expired) => {
            StateColumns { expires_at: Some(expired.expires_at), ended_at: Some(expired.ended_at), ..none }
        }
        Stay::Cancelled(ended) => {
            StateColumns { ended_at: Some(ended.ended_at), end_reason: ended.reason.clone(), ..none }
        }
        Stay::Completed(ended) => StateColumns { ended_at: Some(ended.ended_at), ..none },
        Stay::NoShow(ended) => StateColumns { ended_at: Some(ended.ended_at), ..none },
    }
}

fn values(stay: &Stay) -> Vec<Value> {
    let terms = stay.terms();
    let state = state_columns(stay);
    vec![
        (&terms.id).into(),
        terms.code.as_str().into(),
        terms.token.as_str().into(),
        (&terms.accommodation_id).into(),
        terms.period.check_in().into(),
        terms.period.check_out().into(),
        terms.guests.into(),
        terms.channel.as_str().into(),
        terms.contact.name.as_str().into(),
        terms.contact.phone.as_str().into(),
        terms.contact.key().into(),
        terms.contact.email.clone().into(),
        terms.total.currency.code().into(),
        terms.total.minor.into(),
        terms.deposit.minor.into(),
        stay.status().as_str().into(),
        state.expires_at.into(),
        state.extended.into(),
        state.confirmed_at.into(),
        state.ended_at.into(),
        state.end_reason.into(),
        terms.conversation_id.clone().into(),
        terms.created_at.into(),
        terms.version.into(),
        Value::Instant(None),
        terms.policy.to_string().into(),
    ]
}

fn read(row: &Row) -> Result<Stay> {
    let terms = read_terms(row)?;
    let ended_at = || row.instant("ended_at");
    Ok(match row.named("status", Status::parse)? {
        Status::Held => {
            Held { terms, expires_at: row.instant("expires_at")?, extended: row.bool("extended")? }.into()
        }
        Status::Confirmed => Confirmed { terms, confirmed_at: row.instant("confirmed_at")? }.into(),
        Status::Expired => {
            Expired { terms, expires_at: row.instant("expires_at")?, ended_at: ended_at()? }.into()
        }
        Status::Cancelled => {
            Cancelled { terms, ended_at: ended_at()?, reason: row.opt_text("end_reason")? }.into()
        }
        Status::Completed => Completed { terms, ended_at: ended_at()? }.into(),
        Status::NoShow => NoShow { terms, ended_at: ended_at()? }.into(),
    })
}

fn read_terms(row: &Row) -> Result<Terms> {
    let currency = row.named("currency", |code| Currency::parse(code).ok())?;
    let period = Period::new(row.date("check_in")?, row.date("check_out")?);
    Ok(Terms {
        id: StayId::new(row.text("id")?),
        code: row.named("code", StayCode::parse)?,
        token: row.text("token")?,
        accommodation_id: AccommodationId::new(row.text("accommodation_id")?),
        period: period.map_err(|_| DbError::Corrupt("a range of nights"))?,
        guests: row.count("guests")?,
        channel: row.named("channel", Channel::parse)?,
        contact: Contact {
            name: row.text("contact_name")?,
            phone: row.text("contact_phone")?,
            email: row.opt_text("contact_email")?,
        },
        conversation_id: row.opt_text("conversation_id")?,
        total: Money::new(row.int("total_minor")?, currency),
        deposit: Money::new(row.int("deposit_minor")?, currency),
        policy: row.named("policy", |text| Policy::parse(text).ok())?,
        created_at: row.instant("created_at")?,
        version: row.int("version")?,
    })
}
