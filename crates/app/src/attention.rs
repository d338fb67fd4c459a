//! What waits for a person.

use store::attention;
pub use store::attention::Attention;

use crate::{App, DbError};

pub async fn list(app: &App) -> Result<Vec<Attention>, DbError> {
    attention::list_open(&mut app.read().await?).await
}

/// False when there is no such item, or it was resolved before.
pub async fn resolve(app: &App, id: &str) -> Result<bool, DbError> {
    let mut session = app.begin().await?;
    let resolved = attention::resolve(&mut session, id, app.now()).await?;
    session.commit().await?;
    Ok(resolved)
}
