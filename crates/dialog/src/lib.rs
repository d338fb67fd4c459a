//! What a guest's words mean (Spanish, Portuguese, English) and what the program does next.
//!
//! Pure: no clock, no chance, no network, no files. `read` turns words into a `Reading`; `step` turns a conversation,
//! an event and the facts of the moment into the next conversation and effects; `render` turns a phrase into words.

/// What has been said so far, and what the program waits for.
pub mod conversation;
/// What the host must hear of: facts, without a language.
pub mod incident_facts;
/// The languages that guests write and the countries whose habits differ.
pub mod locale;
/// What a message says: intents, dates, people.
pub mod message_reading;
/// Phrases: everything that can be said to a guest, before it has words.
pub mod phrase;
/// From words to a reading.
pub mod read;
/// From phrases to words.
pub mod say;
/// One step: from a state and an event to the next state and effects.
pub mod step;
/// What a step wants done.
pub mod step_effect;
/// What happens to a conversation: a message, or the outcome of something that the program asked for.
pub mod step_event;
/// What is true at the moment of a step: the clock, the search, the guest's own stays.
pub mod step_facts;

pub use conversation::{Awaiting, Conversation};
pub use incident_facts::{ClashBy, ClashWith, IncidentFacts, Notice};
pub use locale::{Language, Locale};
pub use message_reading::{DateProblem, Intent, Reading, Source, Sources, Sureness, Topic};
pub use phrase::{Certainty, Deadline, MoneyNews, Phrase};
pub use read::read;
pub use say::{Button, balance_parameters, button, render};
pub use step::{step, wanted};
pub use step_effect::{Effect, PersonReason};
pub use step_event::{Event, HoldRefusal};
pub use step_facts::{Facts, Offer, OwnState, OwnStay, Search, SearchRefusal, Wanted};
