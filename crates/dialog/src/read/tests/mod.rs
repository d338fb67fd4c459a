//! The reading as a whole: kinds of sentences, laws, tables.

/// Ways to say who comes.
mod company;
/// Ways to say when, and days that are none.
mod days;
/// Ideas of public date suites, and where we differ.
mod differential;
/// Whole readings of our own sentences.
mod golden;
/// The habits of each country.
mod habits;
/// What is typed in a hurry, shouted or dictated.
mod hurried;
/// Laws of every reading.
mod laws;
/// The measures over the collected sentences.
mod measure;
/// What does not matter changes nothing.
mod properties;
/// Sentences with what is read in them, in tables.
mod readings;
/// What somebody takes back, and what others do.
mod repairs;
/// Where each field comes from.
mod sources;
/// Ways to agree, give up, and ask for a person.
mod wishes;
