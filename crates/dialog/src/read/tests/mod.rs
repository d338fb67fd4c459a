//! The reading as a whole: kinds of sentences, laws, tables.

/// Ways to agree, give up, and ask for a person.
mod agree_complain_ask_person;
/// Whole readings of our own sentences.
mod golden_readings;
/// The habits of each country.
mod habits_of_each_country;
/// What is typed in a hurry, shouted or dictated.
mod hurried_typing;
/// Ideas of public date suites, and where we differ.
mod ideas_of_public_date_suites;
/// Laws of every reading.
mod laws_of_any_reading;
/// The measures over the collected sentences.
mod measure_on_collected_sentences;
/// Sentences with what is read in them, in tables.
mod readings_tables;
/// What somebody takes back, and what others do.
mod repairs;
/// Where each field comes from.
mod source_and_confidence;
/// Ways to say when, and days that are none.
mod ways_to_say_when;
/// Ways to say who comes.
mod ways_to_say_who_comes;
/// What does not matter changes nothing.
mod what_does_not_matter;
