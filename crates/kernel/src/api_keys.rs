//! Who asks: keys of programs, looked up by the hash of their secret. `API_TOKEN` of the settings is one, with all scopes.

use domain::staff::{Id, Scopes, Who};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};
use store::api_key::{self, ApiKey};

use crate::{App, DbError};

/// What every secret begins with: others are never looked up.
const PREFIX: &str = "cj_";
/// That a key was used is written down no more often than this.
const NOTE_EVERY: SignedDuration = SignedDuration::from_mins(1);

/// Somebody who proved who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caller {
    pub who: Who,
    pub scopes: Scopes,
}

impl Caller {
    /// Who holds the token of the settings.
    pub const SETTINGS_KEY: Self = Self { who: Who::SettingsKey, scopes: Scopes::ALL };
}

/// A key as it is made: the secret is shown once and kept nowhere.
pub struct NewKey {
    pub key: ApiKey,
    pub secret: String,
}

/// Makes a key.
///
/// # Errors
/// The database's.
pub async fn create_key(
    app: &App,
    name: &str,
    scopes: Scopes,
    lasts: Option<SignedDuration>,
) -> Result<NewKey, DbError> {
    let now = app.now();
    let secret = format!("{PREFIX}{}", app.rng.token());
    let key = ApiKey {
        id: app.rng.staff_id(),
        name: name.to_owned(),
        hash: hash(&secret),
        scopes,
        created_at: now,
        expires_at: lasts.map(|lasts| now + lasts),
        revoked_at: None,
        last_used_at: None,
    };
    let mut session = app.begin().await?;
    api_key::create(&mut session, &key).await?;
    app.commit(session).await?;
    Ok(NewKey { key, secret })
}

/// Every key, revoked ones too, the oldest first.
///
/// # Errors
/// The database's.
pub async fn list_keys(app: &App) -> Result<Vec<ApiKey>, DbError> {
    api_key::list(&mut app.read().await?).await
}

/// False when there is no such key, or it was revoked before.
///
/// # Errors
/// The database's.
pub async fn revoke_key(app: &App, id: Id) -> Result<bool, DbError> {
    let mut session = app.begin().await?;
    let revoked = api_key::revoke(&mut session, id, app.now()).await?;
    app.commit(session).await?;
    Ok(revoked)
}

/// Whose secret this is; None for one that opens nothing.
///
/// # Errors
/// The database's.
pub async fn find_caller(app: &App, secret: &str) -> Result<Option<Caller>, DbError> {
    if !secret.starts_with(PREFIX) {
        return Ok(None);
    }
    let now = app.now();
    let found = api_key::find_by_hash(&mut app.read().await?, &hash(secret)).await?;
    let Some(key) = found.filter(|key| key.is_valid(now)) else { return Ok(None) };
    if key.last_used_at.is_none_or(|at| now >= at + NOTE_EVERY) {
        note_use(app, key.id, now).await;
    }
    Ok(Some(Caller { who: Who::Key(key.id), scopes: key.scopes }))
}

/// Nobody is refused because it could not be written down that they came.
async fn note_use(app: &App, id: Id, now: Timestamp) {
    let noted = async {
        let mut session = app.begin().await?;
        api_key::mark_used(&mut session, id, now).await?;
        session.commit().await
    };
    if let Err(error) = noted.await {
        tracing::warn!(%error, key = %id, "the use of a key could not be written down");
    }
}

fn hash(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}
