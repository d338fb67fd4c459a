//! Keys of programs: a name, what it may do, and the hash of a secret that is shown once.

use domain::staff::{Id, Scopes};
use jiff::Timestamp;

use crate::db::{Result, Row, Session};

#[derive(Clone, Debug, PartialEq)]
pub struct ApiKey {
    pub id: Id,
    pub name: String,
    /// SHA-256 of the secret in hex. The secret has 192 random bits, so nothing slower is needed.
    pub hash: String,
    pub scopes: Scopes,
    pub created_at: Timestamp,
    pub expires_at: Option<Timestamp>,
    pub revoked_at: Option<Timestamp>,
    pub last_used_at: Option<Timestamp>,
}

impl ApiKey {
    pub fn is_valid(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|at| now < at)
    }
}

const COLUMNS: &str = "id, name, hash, scopes, created_at, expires_at, revoked_at, last_used_at";

pub async fn create(session: &mut Session, key: &ApiKey) -> Result<()> {
    let sql = "insert into api_key (id, name, hash, scopes, created_at, expires_at) values ($1, $2, $3, $4, $5, $6)";
    let args = vec![
        key.id.to_string().into(),
        key.name.as_str().into(),
        key.hash.as_str().into(),
        key.scopes.to_string().into(),
        key.created_at.into(),
        key.expires_at.into(),
    ];
    session.execute(sql, args).await?;
    Ok(())
}

pub async fn find_by_hash(session: &mut Session, hash: &str) -> Result<Option<ApiKey>> {
    let sql = format!("select {COLUMNS} from api_key where hash = $1");
    session.first(sql, vec![hash.into()], read).await
}

/// All of them, the oldest first; revoked ones too.
pub async fn list(session: &mut Session) -> Result<Vec<ApiKey>> {
    let sql = format!("select {COLUMNS} from api_key order by created_at, id");
    session.all(sql, vec![], read).await
}

/// False when there is no such key, or it was revoked before.
pub async fn revoke(session: &mut Session, id: Id, now: Timestamp) -> Result<bool> {
    let sql = "update api_key set revoked_at = $2 where id = $1 and revoked_at is null";
    Ok(session.execute(sql, vec![id.to_string().into(), now.into()]).await? == 1)
}

/// Notes that a key was used.
pub async fn mark_used(session: &mut Session, id: Id, now: Timestamp) -> Result<()> {
    let sql = "update api_key set last_used_at = $2 where id = $1";
    session.execute(sql, vec![id.to_string().into(), now.into()]).await.map(drop)
}

fn read(row: &Row) -> Result<ApiKey> {
    Ok(ApiKey {
        id: row.named("id", Id::parse)?,
        name: row.text("name")?,
        hash: row.text("hash")?,
        scopes: row.named("scopes", Scopes::parse)?,
        created_at: row.instant("created_at")?,
        expires_at: row.opt_instant("expires_at")?,
        revoked_at: row.opt_instant("revoked_at")?,
        last_used_at: row.opt_instant("last_used_at")?,
    })
}
