//! The addresses under which others read our calendar: one per accommodation and reader, withdrawn one by one.

use domain::{actor::Actor, ids::AccommodationId, staff::Who};
use jiff::{SignedDuration, Timestamp};
use store::{
    calendar_last_shown,
    calendar_link::{self, CalendarLink},
    db::DbError,
};

use crate::room;
use kernel::{App, Tx};

/// The reader of the address in the accommodation's own answer: nobody in particular, so nothing is left out.
pub const ALL: &str = "all";

/// A reader, or a source, as it is written everywhere; None for what is no short name.
pub fn reader_name(text: &str) -> Option<String> {
    let name = text.trim().to_ascii_lowercase();
    let name = match name.as_str() {
        "airbnb.com" => "airbnb".to_owned(),
        "booking.com" | "bookingcom" => "booking".to_owned(),
        "vrbo.com" | "homeaway" | "abritel" => "vrbo".to_owned(),
        _ => name,
    };
    let sound = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    ((1..=40).contains(&name.len()) && name.bytes().all(sound)).then_some(name)
}

/// An address as its owner sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    pub reader: String,
    pub url: String,
    pub created_at: Timestamp,
    /// Set on an address that was replaced: it opens until then.
    pub ends_at: Option<Timestamp>,
    /// When somebody last read under any address of this reader.
    pub read_at: Option<Timestamp>,
}

/// How long an address goes on opening after it was replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlap {
    /// As the settings say, so that the reader can be given the new one first.
    Usual,
    /// It is in the wrong hands.
    None,
}

/// The address under which `reader` reads an accommodation's calendar.
pub async fn link(app: &App, accommodation_id: &AccommodationId, reader: &str) -> Result<String, DbError> {
    let mut tx = app.begin_as(Actor::System).await?;
    let link = ensure(&mut tx, accommodation_id, reader).await?;
    tx.session.commit().await?;
    Ok(url(app, &link.token))
}

/// Every address of an accommodation that opens.
pub async fn list_links(app: &App, accommodation_id: &AccommodationId) -> Result<Vec<Link>, DbError> {
    let mut session = app.read().await?;
    let shown = calendar_last_shown::list(&mut session, accommodation_id).await?;
    let listed = calendar_link::list(&mut session, accommodation_id, app.now()).await?;
    let read_at = |reader: &str| shown.iter().find(|shown| shown.reader == reader)?.read_at;
    Ok(listed
        .into_iter()
        .map(|listed| Link {
            url: url(app, &listed.link.token),
            read_at: read_at(&listed.link.reader),
            reader: listed.link.reader,
            created_at: listed.created_at,
            ends_at: listed.revoked_at,
        })
        .collect())
}

/// Gives this reader a new address. None when it had none.
pub async fn rotate_link(
    app: &App,
    accommodation_id: &AccommodationId,
    reader: &str,
    overlap: Overlap,
    who: Who,
) -> Result<Option<Link>, DbError> {
    let mut tx = app.begin_as(Actor::Staff(who)).await?;
    let rotated = rotate(&mut tx, accommodation_id, reader, overlap).await?;
    tx.commit().await?;
    Ok(rotated)
}

/// No address of this reader opens any more. False when there was none.
pub async fn withdraw_link(
    app: &App,
    accommodation_id: &AccommodationId,
    reader: &str,
    who: Who,
) -> Result<bool, DbError> {
    let mut tx = app.begin_as(Actor::Staff(who)).await?;
    let withdrawn = calendar_link::revoke(&mut tx.session, accommodation_id, reader, tx.now).await?;
    // What it was shown no longer explains what it has closed.
    calendar_last_shown::delete(&mut tx.session, accommodation_id, reader).await?;
    tx.commit().await?;
    Ok(withdrawn > 0)
}

pub(crate) async fn rotate(
    tx: &mut Tx<'_>,
    accommodation_id: &AccommodationId,
    reader: &str,
    overlap: Overlap,
) -> Result<Option<Link>, DbError> {
    let (app, now) = (tx.app, tx.now);
    let until = match overlap {
        Overlap::Usual => now + SignedDuration::from_hours(i64::from(room(app).settings.link_overlap_hours)),
        Overlap::None => now,
    };
    if calendar_link::revoke(&mut tx.session, accommodation_id, reader, until).await? == 0 {
        return Ok(None);
    }
    let link = ensure(tx, accommodation_id, reader).await?;
    Ok(Some(Link {
        reader: link.reader,
        url: url(app, &link.token),
        created_at: now,
        ends_at: None,
        read_at: None,
    }))
}

async fn ensure(
    tx: &mut Tx<'_>,
    accommodation_id: &AccommodationId,
    reader: &str,
) -> Result<CalendarLink, DbError> {
    let new = CalendarLink {
        token: tx.app.rng.token(),
        accommodation_id: accommodation_id.clone(),
        reader: reader.to_owned(),
    };
    calendar_link::ensure(&mut tx.session, &new, tx.now).await
}

fn url(app: &App, token: &str) -> String {
    format!("{}/api/v1/ical/export/{token}.ics", app.settings.base_url())
}
