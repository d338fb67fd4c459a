//! People who work here.

use domain::staff::{Id, Role};
use jiff::Timestamp;

use crate::db::{Result, Row, Session};

#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    pub id: Id,
    pub name: String,
    pub role: Role,
    pub active: bool,
}

pub async fn create(session: &mut Session, person: &Person, now: Timestamp) -> Result<()> {
    let sql = "insert into staff (id, name, role, active, created_at) values ($1, $2, $3, $4, $5)";
    let args = vec![
        person.id.to_string().into(),
        person.name.as_str().into(),
        person.role.as_str().into(),
        person.active.into(),
        now.into(),
    ];
    session.execute(sql, args).await?;
    Ok(())
}

pub async fn find(session: &mut Session, id: Id) -> Result<Option<Person>> {
    let sql = "select id, name, role, active from staff where id = $1";
    session.first(sql, vec![id.to_string().into()], read).await
}

/// Everybody, by name.
pub async fn list(session: &mut Session) -> Result<Vec<Person>> {
    let sql = "select id, name, role, active from staff order by name, id";
    session.all(sql, vec![], read).await
}

fn read(row: &Row) -> Result<Person> {
    Ok(Person {
        id: row.named("id", Id::parse)?,
        name: row.text("name")?,
        role: row.named("role", Role::parse)?,
        active: row.bool("active")?,
    })
}
