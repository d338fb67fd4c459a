//! Which accommodations are free for given nights, and whether anything lies over wanted ones: stays and blocks in one
//! look.

use domain::{ids::AccommodationId, period::Period};
use jiff::Timestamp;

use crate::db::{Engine, Result, Session, padded};

/// The ids of active accommodations with room for `guests` that are free for `period`.
///
/// Who is taken is found by one walk through an index by day that holds all that is asked of it: it does not grow
/// with the number of accommodations, nor with the stays that are over.
pub async fn list_free(
    session: &mut Session,
    period: &Period,
    guests: u16,
    now: Timestamp,
) -> Result<Vec<AccommodationId>> {
    let sql = "select a.id from accommodation a
      where a.active and a.capacity >= $3
        and a.id not in (
          select s.accommodation_id from stay s
          where s.status in ('held', 'confirmed') and s.check_out > $1 and s.check_in < $2
            and (s.status = 'confirmed' or s.expires_at > $4))
        and a.id not in (
          select b.accommodation_id from block b where b.check_out > $1 and b.check_in < $2)
      order by a.name, a.id";
    let args = vec![period.check_in().into(), period.check_out().into(), guests.into(), now.into()];
    session.all(sql, args, |row| row.text("id").map(AccommodationId::new)).await
}

const OVERLAPS_SQLITE: &str = "s.check_out > w.check_in and s.check_in < w.check_out";
/// The words of the constraint `stay_overlap`, so that its index answers.
const OVERLAPS_POSTGRES: &str =
    "daterange(s.check_in, s.check_out, '[)') && daterange(w.check_in, w.check_out, '[)')";

/// The wanted nights that something lies over: a stay that is live by its status, though its hold may have ended,
/// or a block. Most wishes meet nothing, and are spared the look at what it is.
pub async fn list_touched(
    session: &mut Session,
    wanted: &[(AccommodationId, Period)],
) -> Result<Vec<(AccommodationId, Period)>> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let overlaps = match session.engine() {
        Engine::Sqlite => OVERLAPS_SQLITE,
        Engine::Postgres => OVERLAPS_POSTGRES,
    };
    let rows = padded(wanted);
    let each: Vec<String> =
        (0..rows.len()).map(|n| format!("(${}, ${}, ${})", n * 3 + 1, n * 3 + 2, n * 3 + 3)).collect();
    // Counted per wish, not joined: a join is planned for a table of yesterday's size.
    let sql = format!(
        "with wanted (accommodation_id, check_in, check_out) as (values {})
         select w.accommodation_id, w.check_in, w.check_out from wanted w
         where (
           select count(*) from stay s
           where s.accommodation_id = w.accommodation_id and s.status in ('held', 'confirmed') and {overlaps})
         + (
           select count(*) from block b
           where b.accommodation_id = w.accommodation_id and b.check_out > w.check_in and b.check_in < w.check_out)
         > 0",
        each.join(", ")
    );
    let args =
        rows.iter().flat_map(|(id, period)| [id.into(), period.check_in().into(), period.check_out().into()]);
    let touched = session
        .all(sql, args.collect(), |row| {
            Ok((
                AccommodationId::new(row.text("accommodation_id")?),
                row.date("check_in")?,
                row.date("check_out")?,
            ))
        })
        .await?;
    let is_touched = |(id, period): &&(AccommodationId, Period)| {
        touched.iter().any(|(other, check_in, check_out)| {
            other == id && *check_in == period.check_in() && *check_out == period.check_out()
        })
    };
    Ok(wanted.iter().filter(is_touched).cloned().collect())
}
