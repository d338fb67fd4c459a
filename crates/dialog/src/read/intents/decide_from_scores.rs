//! From scores to intents: what is meant, and which intents go together.

use std::collections::BTreeSet;

use crate::{
    message_reading::{Intent, Topic},
    read::meaning::Weighed,
};

/// Said beside anything else, and alone.
const MANNERS: [Intent; 4] = [Intent::Greeting, Intent::Thanks, Intent::Yes, Intent::No];
/// The grammar knows the words of manners; they are not meant where the classifier denies them like this.
const UNLIKELY: f32 = -2.0;
/// Beside one of these, days and people alone ask for no room.
const OTHER_WISHES: [Intent; 10] = [
    Intent::Price,
    Intent::Book,
    Intent::CheckinTimes,
    Intent::Location,
    Intent::Services,
    Intent::Payment,
    Intent::Confirm,
    Intent::Human,
    Intent::Cancel,
    Intent::Complaint,
];
/// Beside another wish a room is asked for by a word for it, or by a score like this.
const CLEARLY: f32 = 3.0;
/// Days are changed by a word for it, or by a score like this: a stay that is told sounds alike.
const SURELY: f32 = 0.3;
/// So is a question for a room.
const LIKELY: f32 = 0.7;
/// Beside another wish a score up to this is no second one.
const HARDLY: f32 = 0.5;
/// A thing of the house that is named need only not be denied.
const NOT_DENIED: f32 = -0.3;
/// Of what nothing speaks clearly, the best is taken when it comes as near as this.
const NEARLY: f32 = -1.0;
/// A yes or a no of so many words leaves nothing to be guessed: `dale, perfecto, gracias`.
const WHOLE_ANSWER: usize = 4;

/// What the words mean; dates and people are not looked at.
pub(in crate::read) fn of_words(weighed: &Weighed) -> BTreeSet<Intent> {
    let mut intents: BTreeSet<Intent> = weighed
        .intents()
        .filter(|(intent, score)| *score > if is_named(weighed, *intent) { NOT_DENIED } else { 0.0 })
        .map(|(intent, _)| intent)
        .collect();
    intents.extend(
        MANNERS.into_iter().filter(|manner| weighed.finds(*manner) && weighed.of(*manner) > UNLIKELY),
    );
    if weighed.is_elsewhere() {
        return elsewhere(intents);
    }
    intents.retain(|intent| is_clear(weighed, *intent));
    let loudest = intents.iter().filter(|intent| !MANNERS.contains(intent));
    let loudest = loudest.map(|intent| weighed.of(*intent)).fold(f32::MIN, f32::max);
    // Beside something louder, a wish that is hardly heard is none.
    intents.retain(|intent| {
        MANNERS.contains(intent)
            || weighed.of(*intent) > HARDLY
            || weighed.of(*intent) >= loudest
            || is_named(weighed, *intent)
    });
    let has_another_wish = intents.iter().any(|intent| OTHER_WISHES.contains(intent));
    if has_another_wish && !weighed.finds(Intent::Availability) && weighed.of(Intent::Availability) < CLEARLY
    {
        intents.remove(&Intent::Availability);
    }
    let is_answer = intents.contains(&Intent::Yes) || intents.contains(&Intent::No);
    let is_whole = is_answer && weighed.spoken() <= WHOLE_ANSWER;
    if intents.iter().all(|intent| MANNERS.contains(intent)) && !is_whole {
        intents.extend(nearest(weighed, &intents));
    }
    if intents.iter().any(|intent| !MANNERS.contains(intent) && *intent != Intent::Other) {
        intents.remove(&Intent::Other);
    }
    without_echoes(intents)
}

/// The things of a house have names, and the grammar knows them.
fn is_named(weighed: &Weighed, intent: Intent) -> bool {
    intent == Intent::Services && weighed.finds(intent)
}

/// Days that are told sound like a change of days and like a question for a room: without a word for either, a doubtful
/// score is not enough. Where days or people are read, they ask for the room themselves.
fn is_clear(weighed: &Weighed, intent: Intent) -> bool {
    let least = match intent {
        Intent::ChangeDates => SURELY,
        Intent::Availability => LIKELY,
        _ => return true,
    };
    weighed.finds(intent) || weighed.of(intent) > least
}

/// Of what concerns no stay, only manners and the asking of a price remain.
fn elsewhere(mut intents: BTreeSet<Intent>) -> BTreeSet<Intent> {
    let says_more = intents.iter().any(|intent| !MANNERS.contains(intent));
    intents.retain(|intent| [Intent::Greeting, Intent::Thanks, Intent::Price].contains(intent));
    if intents.is_empty() || says_more && !intents.contains(&Intent::Price) {
        intents.insert(Intent::Other);
    }
    intents
}

/// What a message that says only its manners clearly comes nearest to.
fn nearest(weighed: &Weighed, manners: &BTreeSet<Intent>) -> Option<Intent> {
    let may_be = |intent: Intent| {
        !MANNERS.contains(&intent) && (intent == Intent::Availability || is_clear(weighed, intent))
    };
    let others = weighed.intents().filter(|(intent, _)| may_be(*intent));
    let (intent, score) = others.max_by(|one, other| one.1.total_cmp(&other.1))?;
    // Where a room comes nearest, but not near enough, days and people decide.
    if !is_clear(weighed, intent) {
        return None;
    }
    // A greeting alone asks for nothing more.
    let enough = if manners.is_empty() { NEARLY } else { NEARLY / 2.0 };
    (score > enough).then_some(intent)
}

/// Intents that another one explains.
fn without_echoes(mut intents: BTreeSet<Intent>) -> BTreeSet<Intent> {
    let echoes: &[(Intent, &[Intent])] = &[
        (Intent::Cancel, &[Intent::Book, Intent::Availability, Intent::ChangeDates]),
        (Intent::ChangeDates, &[Intent::Book, Intent::Availability]),
    ];
    for (cause, echoed) in echoes {
        if intents.contains(cause) {
            intents.retain(|intent| !echoed.contains(intent));
        }
    }
    intents
}

/// The topics of a message, each beside the intent that it belongs to.
pub(in crate::read) fn topics(weighed: &Weighed, intents: &BTreeSet<Intent>) -> BTreeSet<Topic> {
    let meant = weighed.topics().filter(|(_, score)| *score > 0.0).map(|(topic, _)| topic);
    meant.filter(|topic| home(*topic).iter().any(|intent| intents.contains(intent))).collect()
}

/// The intents beside which a topic stands.
fn home(topic: Topic) -> &'static [Intent] {
    match topic {
        Topic::RefundTerms | Topic::PaymentMethods | Topic::Invoice => &[Intent::Payment],
        Topic::Discount => &[Intent::Price],
        Topic::HouseTrouble => &[Intent::Complaint],
        Topic::ArrivalHour => &[Intent::CheckinTimes],
        Topic::Photos => &[Intent::Services],
        Topic::BookingStatus | Topic::LostLink => &[Intent::Other, Intent::Confirm],
    }
}
