//! What a guest hears of a change of their stay.

use dialog::{MoneyNews, Phrase};
use domain::stay::{Actor, Stay};
use jiff::Timestamp;
use kernel::{App, messages};
use store::db::{DbError, Session};

use super::Action;
use crate::{owed, room};

/// Who did not take an offer hears that the money goes back, and of nothing else.
pub(super) async fn tell(
    app: &App,
    session: &mut Session,
    before: &Stay,
    after: &Stay,
    actor: Actor,
    action: Action,
    now: Timestamp,
) -> Result<(), DbError> {
    let ended = matches!(before, Stay::Held(_)) && matches!(after, Stay::Expired(_) | Stay::Cancelled(_));
    let was_offer = ended && owed::end_offer(app, session, after, now).await?;
    if !was_offer && let Some(phrase) = news_for_guest(app, session, after, actor, action, now).await? {
        messages::tell(app, session, after.terms().conversation_id.as_deref(), &phrase, now).await?;
    }
    Ok(())
}

/// What a guest hears of a change that they did not make in the chat themselves.
async fn news_for_guest(
    app: &App,
    session: &mut Session,
    after: &Stay,
    actor: Actor,
    action: Action,
    now: Timestamp,
) -> Result<Option<Phrase>, DbError> {
    let terms = after.terms();
    let code = terms.code.to_string();
    match (action, actor, after) {
        // Ended only to be taken again for money that came late: the guest hears of that.
        (Action::Expire, Actor::Payment, _) => Ok(None),
        (Action::Expire, ..) => {
            let part = owed::received(session, after).await?;
            Ok(Some(if part.is_positive() {
                Phrase::Money(MoneyNews::HoldExpiredShort { code })
            } else {
                Phrase::HoldExpired { code }
            }))
        }
        (Action::Cancel, Actor::Staff(_), _) => Ok(Some(Phrase::StayCancelled { code })),
        (Action::Confirm | Action::ChangeDates, Actor::Staff(_), Stay::Confirmed(_)) => {
            let all = room(app).catalogue.all(session).await?;
            let accommodation = all.iter().find(|one| one.id == terms.accommodation_id);
            Ok(accommodation.map(|accommodation| Phrase::StayStatusConfirmed {
                code,
                accommodation_name: accommodation.name.clone(),
                check_in: terms.period.check_in(),
                check_out: terms.period.check_out(),
                today: accommodation.zone.today(now),
            }))
        }
        _ => Ok(None),
    }
}
