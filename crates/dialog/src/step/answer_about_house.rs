//! Questions about the house, its hours and payment.

use crate::{
    message_reading::{Intent, Reading},
    phrase::Phrase,
    step_effect::{Effect, PersonReason},
    step_facts::{Facts, OwnState, OwnStay},
};

/// The intents that are answered here.
const QUESTIONS: [Intent; 4] = [Intent::Services, Intent::Location, Intent::CheckinTimes, Intent::Payment];

/// Answers from the facts; what they do not tell goes to a person, once.
pub(super) fn answers(reading: &Reading, facts: &Facts) -> Vec<Effect> {
    let mut effects = Vec::new();
    let mut for_a_person = false;
    for question in QUESTIONS.into_iter().filter(|question| reading.wants(*question)) {
        match answer(question, facts) {
            Some(phrase) => effects.push(Effect::Say(phrase)),
            None => for_a_person = true,
        }
    }
    if for_a_person {
        effects.push(Effect::CallPerson { reason: PersonReason::Question });
        effects.push(Effect::Say(Phrase::PersonWillComplete));
    }
    effects
}

fn answer(question: Intent, facts: &Facts) -> Option<Phrase> {
    match question {
        Intent::CheckinTimes => {
            let (check_in_time, check_out_time) = (facts.check_in_time?, facts.check_out_time?);
            Some(Phrase::CheckTimes { check_in_time, check_out_time })
        }
        Intent::Payment => {
            let held = facts.own_stays.iter().find(|stay| matches!(stay.state, OwnState::Held { .. }));
            match held {
                Some(stay) => Some(status(stay, facts)),
                None => facts.deposit_percent.map(|deposit_percent| Phrase::HowToPay { deposit_percent }),
            }
        }
        _ => None,
    }
}

/// How a stay of the guest's own stands.
pub(super) fn status(stay: &OwnStay, facts: &Facts) -> Phrase {
    let OwnStay { code, accommodation_name, check_in, check_out, deposit, .. } = stay.clone();
    match stay.state {
        OwnState::Held { expires_at } => Phrase::StayStatusHeld {
            code,
            accommodation_name,
            check_in,
            check_out,
            deposit,
            deadline: super::deadline(expires_at, facts),
            today: facts.today,
        },
        OwnState::Confirmed => {
            let today = facts.today;
            Phrase::StayStatusConfirmed { code, accommodation_name, check_in, check_out, today }
        }
    }
}
