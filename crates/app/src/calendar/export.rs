//! Our calendar for others: what is live, and blocks that came from elsewhere than the reader.

use domain::{block::Block, ids::AccommodationId, period::Period, stay::Stay};
use jiff::{Timestamp, ToSpan};
use store::{
    block,
    calendar_link::{self, CalendarLink},
    db::DbError,
};

use crate::App;

/// What our own feed covers.
const EXPORT_PAST_DAYS: i32 = 30;
const EXPORT_AHEAD_DAYS: i32 = 731;

/// The address under which `reader` reads an accommodation's calendar.
pub async fn link(app: &App, accommodation_id: &AccommodationId, reader: &str) -> Result<String, DbError> {
    let now = app.now();
    let mut session = app.begin().await?;
    let new = CalendarLink {
        token: app.entropy.token(),
        accommodation_id: accommodation_id.clone(),
        reader: reader.to_owned(),
    };
    let link = calendar_link::ensure(&mut session, &new, now).await?;
    session.commit().await?;
    Ok(format!("{}/api/v1/ical/export/{}.ics", app.config.base_url(), link.token))
}

/// Our calendar for the reader who has this token; None for a wrong token or an accommodation that is not let.
pub async fn export(app: &App, token: &str) -> Result<Option<String>, DbError> {
    let now = app.now();
    let mut session = app.read().await?;
    let Some(link) = calendar_link::find(&mut session, token).await? else { return Ok(None) };
    let accommodation = store::accommodation::find(&mut session, &link.accommodation_id).await?;
    let Some(accommodation) = accommodation.filter(|accommodation| accommodation.active) else {
        return Ok(None);
    };
    let today = accommodation.zone.today(now);
    let day = |days: i32| today.checked_add(days.days()).unwrap_or(today);
    let Ok(window) = Period::new(day(-EXPORT_PAST_DAYS), day(EXPORT_AHEAD_DAYS)) else { return Ok(None) };
    let host = app.config.base_url();
    let host = host
        .split("://")
        .last()
        .unwrap_or("conserje")
        .split(['/', ':'])
        .next()
        .unwrap_or("conserje")
        .to_owned();

    let stays = store::stay::list_live(&mut session, &accommodation.id, &window, now).await?;
    let mut events: Vec<ical::ExportEvent> = stays.iter().map(|stay| stay_event(stay, &host)).collect();
    for block in block::list_for_reader(&mut session, &accommodation.id, &window, &link.reader).await? {
        events.push(block_event(&block.block, block.created_at, block.updated_at, &host));
    }
    let calendar = ical::ExportCalendar {
        name: accommodation.name.clone(),
        product: "-//Conserje//Calendar//EN".to_owned(),
    };
    Ok(Some(ical::write(&calendar, &events)))
}

fn stay_event(stay: &Stay, host: &str) -> ical::ExportEvent {
    let terms = stay.terms();
    let modified_at = match stay {
        Stay::Confirmed(confirmed) => confirmed.confirmed_at,
        _ => terms.created_at,
    };
    ical::ExportEvent {
        uid: format!("{}@{host}", terms.id),
        check_in: terms.period.check_in(),
        check_out: terms.period.check_out(),
        summary: "Reserved".to_owned(),
        sequence: u32::try_from(terms.version - 1).unwrap_or(0),
        stamped_at: terms.created_at,
        modified_at,
    }
}

fn block_event(block: &Block, created_at: Timestamp, updated_at: Timestamp, host: &str) -> ical::ExportEvent {
    ical::ExportEvent {
        uid: format!("{}-{}@{host}", block.feed, hex::encode(&block.uid)),
        check_in: block.period.check_in(),
        check_out: block.period.check_out(),
        summary: "Not available".to_owned(),
        sequence: 0,
        stamped_at: created_at,
        modified_at: updated_at,
    }
}
