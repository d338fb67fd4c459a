//! What came of something that the program asked for. Only here is anything said to be held or cancelled.

use super::deadline;
use crate::{
    conversation::{Awaiting, Conversation},
    phrase::{Certainty, Phrase},
    step_effect::{Effect, PersonReason},
    step_event::{Event, HoldRefusal},
    step_facts::{Facts, Offer},
};

pub(super) fn answer(conversation: Conversation, event: Event, facts: &Facts) -> (Conversation, Vec<Effect>) {
    match event {
        Event::HoldPlaced {
            code,
            expires_at,
            accommodation_name,
            check_in,
            check_out,
            guests,
            total,
            deposit,
            pay_url,
        } => {
            // Nothing to pay with: a person must send it, and the words say so.
            let without_link = pay_url.is_none();
            let phrase = Phrase::Held {
                code,
                accommodation_name,
                check_in,
                check_out,
                guests,
                total,
                deposit,
                deadline: deadline(expires_at, facts),
                pay_url,
                today: facts.today,
            };
            let mut effects = vec![Effect::Say(phrase)];
            if without_link {
                effects.push(Effect::CallPerson { reason: PersonReason::Payment });
            }
            (without_search(conversation), effects)
        }
        Event::HoldRefused { reason } => refused(conversation, reason, facts),
        Event::HoldCancelled { code } => {
            let next = Conversation { awaiting: Awaiting::Nothing, ..conversation };
            (next, vec![Effect::Say(Phrase::StayCancelled { code })])
        }
        Event::CancelRefused { code } => {
            let next = Conversation { awaiting: Awaiting::Nothing, ..conversation };
            let call = Effect::CallPerson { reason: PersonReason::Change };
            (next, vec![call, Effect::Say(Phrase::CancelRefused { code })])
        }
        Event::Heard { .. } | Event::NotSupported { .. } => (conversation, Vec::new()),
    }
}

fn refused(conversation: Conversation, reason: HoldRefusal, facts: &Facts) -> (Conversation, Vec<Effect>) {
    let open = |conversation| Conversation {
        offered: Vec::new(),
        chosen: None,
        awaiting: Awaiting::Nothing,
        ..conversation
    };
    let without_dates = |conversation| Conversation {
        check_in: None,
        check_out: None,
        nights: None,
        awaiting: Awaiting::Dates,
        ..open(conversation)
    };
    match reason {
        // The dates stay, so that a yes to "shall I look again?" has something to look for.
        HoldRefusal::JustTaken => (open(conversation), vec![Effect::Say(Phrase::HoldJustTaken)]),
        HoldRefusal::TooManyHolds => (open(conversation), vec![Effect::Say(Phrase::TooManyHolds)]),
        HoldRefusal::Dates(_) => (without_dates(conversation), vec![Effect::Say(Phrase::HoldDatesRefused)]),
        HoldRefusal::Capacity => {
            let next = Conversation { guests: None, awaiting: Awaiting::Guests, ..open(conversation) };
            (next, vec![Effect::Say(Phrase::HoldCapacityRefused)])
        }
        // The offer is repeated at the price that it has now, and waits for a yes of its own.
        HoldRefusal::PriceChanged { total, deposit } => match conversation.chosen.clone() {
            Some(offer) => super::offer_or_ask_missing::offer_one(
                conversation,
                Offer { total, deposit, ..offer },
                Certainty::Sure,
                facts,
            ),
            None => (open(conversation), vec![Effect::Say(Phrase::HoldBusy)]),
        },
        // The question stands: another yes tries again.
        HoldRefusal::Busy => {
            let awaiting = if conversation.chosen.is_some() { Awaiting::HoldYes } else { Awaiting::Nothing };
            (Conversation { awaiting, ..conversation }, vec![Effect::Say(Phrase::HoldBusy)])
        }
    }
}

/// The wish has been fulfilled: dates and people are forgotten, the stay itself is known from the facts.
fn without_search(conversation: Conversation) -> Conversation {
    Conversation {
        locale: conversation.locale,
        last_heard_at: conversation.last_heard_at,
        with_person: conversation.with_person,
        ..Conversation::default()
    }
}
