//! One row that is written now and then, to see whether the database keeps what is written.

use jiff::Timestamp;

use crate::db::{Result, Session};

pub async fn write(session: &mut Session, now: Timestamp) -> Result<()> {
    let sql = "insert into write_probe (id, written_at) values (1, $1)
      on conflict (id) do update set written_at = excluded.written_at";
    session.execute(sql, vec![now.into()]).await.map(drop)
}
