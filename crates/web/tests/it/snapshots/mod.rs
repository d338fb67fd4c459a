//! What each endpoint answers and what each template shows, word by word. The files `*.snap` beside this one are read
//! in a review like code: `INSTA_UPDATE=always cargo test -p web snapshots` writes them.

/// Accommodations, their nights, and what is free.
mod accommodations;
/// Feeds of others, our own calendar, nights sold twice.
mod calendars;
/// Nothing is left out.
mod every_operation_has_one;
/// What guests see in their browser.
mod guest_pages;
/// Health, and the list of what waits for a person.
mod health_and_staff_tasks;
/// Payments, charges, refunds, the ledger.
mod payments_and_ledger;
/// From the hold to the end of a stay.
mod reservations;
/// What stands for an id that is another one in each run.
mod stand_ins_for_ids;
/// Every template with samples, in three languages.
mod templates;
/// One room's requests and answers, in order.
mod transcript;
/// What providers send.
mod webhooks;

use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/snapshots")
}

/// Compares with the file of this name beside this one.
///
/// # Panics
/// When they differ.
fn assert_kept(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder());
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// The style is the same in every page; that of the base is shown once.
fn without_style(page: &str) -> String {
    match (page.split_once("<style>"), page.split_once("</style>")) {
        (Some((before, _)), Some((_, after))) => format!("{before}<style>…</style>{after}"),
        _ => page.to_owned(),
    }
}
