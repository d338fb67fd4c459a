//! Cancelling a stay of one's own.

use crate::{
    conversation::{Awaiting, Conversation},
    message_reading::Reading,
    phrase::Phrase,
    read,
    step_effect::{Effect, PersonReason},
    step_facts::{Facts, OwnState, OwnStay},
};

/// Asks first, always; a stay with money in it goes to a person.
pub(super) fn ask(
    conversation: Conversation,
    text: &str,
    reading: &Reading,
    facts: &Facts,
) -> (Conversation, Vec<Effect>) {
    let candidates = candidates(text, reading, facts);
    match candidates.as_slice() {
        [] => (
            Conversation { awaiting: Awaiting::Nothing, ..conversation },
            vec![Effect::Say(Phrase::NothingToCancel)],
        ),
        [stay] => ask_one(conversation, stay, facts),
        several => {
            let codes = several.iter().map(|stay| stay.code.clone()).collect();
            let next = Conversation { awaiting: Awaiting::Nothing, ..conversation };
            (next, vec![Effect::Say(Phrase::AskWhichCancel { codes })])
        }
    }
}

fn ask_one(conversation: Conversation, stay: &OwnStay, facts: &Facts) -> (Conversation, Vec<Effect>) {
    if stay.state == OwnState::Confirmed {
        let effects = vec![
            Effect::CallPerson { reason: PersonReason::Change },
            Effect::Say(Phrase::PersonWillComplete),
        ];
        return (Conversation { awaiting: Awaiting::Nothing, ..conversation }, effects);
    }
    let phrase = Phrase::AskCancel {
        code: stay.code.clone(),
        accommodation_name: stay.accommodation_name.clone(),
        check_in: stay.check_in,
        check_out: stay.check_out,
        today: facts.today,
    };
    let awaiting = Awaiting::CancelYes { code: stay.code.clone() };
    (Conversation { awaiting, ..conversation }, vec![Effect::Say(phrase)])
}

/// The stays that the guest may mean: by code, by date, else all.
fn candidates<'a>(text: &str, reading: &Reading, facts: &'a Facts) -> Vec<&'a OwnStay> {
    let own = || facts.own_stays.iter();
    let by_code: Vec<&OwnStay> = own().filter(|stay| names_code(text, &stay.code)).collect();
    if !by_code.is_empty() {
        return by_code;
    }
    let by_date: Vec<&OwnStay> = own().filter(|stay| reading.check_in == Some(stay.check_in)).collect();
    if by_date.is_empty() { own().collect() } else { by_date }
}

/// "Mejor cancelá la del 20": another stay than the one that was asked about.
pub(super) fn names_another(code: &str, text: &str, reading: &Reading, facts: &Facts) -> bool {
    let asked = facts.own_stays.iter().find(|stay| stay.code == code);
    let other_date = reading.check_in.is_some_and(|day| asked.is_none_or(|stay| stay.check_in != day));
    let others = || facts.own_stays.iter().filter(|stay| stay.code != code);
    other_date || others().any(|stay| names_code(text, &stay.code))
}

/// Whether a message names a stay's code, whatever the case and the dashes.
fn names_code(text: &str, code: &str) -> bool {
    let plain = |text: &str| read::plain_words(text).concat();
    let code = plain(code);
    !code.is_empty() && plain(text).contains(&code)
}
