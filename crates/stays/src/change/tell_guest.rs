//! What a guest hears of a change of their stay.

use dialog::{MoneyNews, Phrase};
use domain::{actor::Actor, stay::Stay};
use kernel::Tx;
use store::db::DbError;

use super::Action;
use crate::{owed, room};

/// Who did not take an offer hears that the money goes back, and of nothing else.
pub(super) async fn tell(
    tx: &mut Tx<'_>,
    before: &Stay,
    after: &Stay,
    action: Action,
) -> Result<(), DbError> {
    let ended = matches!(before, Stay::Held(_)) && matches!(after, Stay::Expired(_) | Stay::Cancelled(_));
    let was_offer = ended && owed::end_offer(tx, after).await?;
    if !was_offer && let Some(phrase) = news_for_guest(tx, after, action).await? {
        tx.tell(after.terms().conversation_id.as_deref(), &phrase).await?;
    }
    Ok(())
}

/// What a guest hears of a change that they did not make in the chat themselves.
async fn news_for_guest(tx: &mut Tx<'_>, after: &Stay, action: Action) -> Result<Option<Phrase>, DbError> {
    let terms = after.terms();
    let code = terms.code.to_string();
    match (action, tx.actor, after) {
        // Ended only to be taken again for money that came late: the guest hears of that.
        (Action::Expire, Actor::Payment, _) => Ok(None),
        (Action::Expire, ..) => {
            let part = owed::received(&mut tx.session, after).await?;
            Ok(Some(if part.is_positive() {
                Phrase::Money(MoneyNews::HoldExpiredShort { code })
            } else {
                Phrase::HoldExpired { code }
            }))
        }
        (Action::Cancel, Actor::Staff(_), _) => Ok(Some(Phrase::StayCancelled { code })),
        (Action::Confirm | Action::ChangeDates, Actor::Staff(_), Stay::Confirmed(_)) => {
            let all = room(tx.app).catalogue.all(&mut tx.session).await?;
            let accommodation = all.iter().find(|one| one.id == terms.accommodation_id);
            Ok(accommodation.map(|accommodation| Phrase::StayStatusConfirmed {
                code,
                accommodation_name: accommodation.name.clone(),
                check_in: terms.period.check_in(),
                check_out: terms.period.check_out(),
                today: accommodation.zone.today(tx.now),
            }))
        }
        _ => Ok(None),
    }
}
