//! Telling staff of nights that were sold twice: whatever one reading finds, in one message.

use dialog::{ClashBy, ClashWith, IncidentFacts};
use domain::accommodation::Accommodation;
use kernel::Tx;
use store::{
    conflict::{self, Against, Conflict},
    db::DbError,
};

use crate::incident_kind::{self, Kind};

/// What one reading found, in its transaction: one conflict by itself, several together.
pub(crate) async fn open(
    tx: &mut Tx<'_>,
    accommodation: &Accommodation,
    source: &str,
    news: &[(Conflict, ClashBy)],
) -> Result<(), DbError> {
    let Some((first, by)) = news.first() else { return Ok(()) };
    tracing::error!(
        conflict = first.id,
        source,
        conflicts = news.len(),
        "another calendar has sold nights that are sold already: a person must act"
    );
    if news.len() == 1 {
        let clash = IncidentFacts::CalendarClash {
            name: accommodation.name.clone(),
            source: first.source.clone(),
            with: match &first.against {
                Against::Stay(_) => ClashWith::Stay,
                Against::Feed(_) => ClashWith::Calendar,
            },
            by: *by,
            check_in: first.period.check_in(),
            check_out: first.period.check_out(),
        };
        return incident_kind::open(tx, &clash, &subject(&first.id)).await;
    }
    let periods = || news.iter().map(|(conflict, _)| conflict.period);
    let clashes = IncidentFacts::CalendarClashes {
        name: accommodation.name.clone(),
        source: source.to_owned(),
        count: u32::try_from(news.len()).unwrap_or(u32::MAX),
        check_in: periods().map(|period| period.check_in()).min().unwrap_or(first.period.check_in()),
        check_out: periods().map(|period| period.check_out()).max().unwrap_or(first.period.check_out()),
    };
    incident_kind::open(tx, &clashes, &subject(&format!("{}{ALL}", first.id))).await
}

/// Ends what was told of a conflict that is resolved; what was told of several, when all of them are.
pub(crate) async fn close(tx: &mut Tx<'_>, id: &str) -> Result<(), DbError> {
    incident_kind::close(tx, Kind::Clash, &subject(id)).await?;
    let together = conflict::list_found_with(&mut tx.session, one_of(id)).await?;
    if together.iter().any(|conflict| conflict.resolved_at.is_none()) {
        return Ok(());
    }
    for conflict in together {
        incident_kind::close(tx, Kind::Clash, &subject(&format!("{}{ALL}", conflict.id))).await?;
    }
    Ok(())
}

/// What a staff task about conflicts names: one of them, or all that were found with it.
pub(crate) async fn resolve_named(tx: &mut Tx<'_>, id: &str) -> Result<(), DbError> {
    if !id.ends_with(ALL) {
        conflict::resolve(&mut tx.session, id, None, tx.now).await?;
        return Ok(());
    }
    for conflict in conflict::list_found_with(&mut tx.session, one_of(id)).await? {
        conflict::resolve(&mut tx.session, &conflict.id, None, tx.now).await?;
    }
    Ok(())
}

/// After the id of one of several that were found together.
const ALL: &str = "/all";

fn one_of(id: &str) -> &str {
    id.strip_suffix(ALL).unwrap_or(id)
}

fn subject(id: &str) -> String {
    format!("conflict:{id}")
}
