//! One process takes requests, another does the work: what `--role` is for.

use std::{process::Stdio, time::Duration};

use simulators::whatsapp::Direction;
use store::db::Engine;
use testkit::TestDb;

use crate::support::{
    desk::Desk,
    folder::Folder,
    port,
    program::command,
    wait::{until_true, within},
    whatsapp,
};

const LIMIT: Duration = Duration::from_secs(30);

#[tokio::test(flavor = "multi_thread")]
async fn a_message_taken_by_a_web_process_is_answered_by_a_worker() {
    let db = TestDb::empty(Engine::Postgres).await;
    let port = port::free();
    let whatsapp = whatsapp::start(port).await;
    let (own, port) = (whatsapp::settings(&whatsapp.base_url), port.to_string());
    let mut settings: Vec<_> = own.iter().map(|(name, value)| (*name, value.as_str())).collect();
    settings.push(("PORT", &port));
    let web = Desk::serve_as("web", db.url(), &settings).await;
    let to_guest = || {
        let transcript = whatsapp.control.transcript("5493515550299");
        transcript.iter().filter(|entry| entry.direction == Direction::ToGuest).count()
    };
    whatsapp.control.guest_writes("5493515550299", "hola");
    within("the webhook", LIMIT, whatsapp.control.settle()).await;
    assert_eq!(to_guest(), 0, "a web process does no work of this kind");

    let folder = Folder::new();
    settings.push(("DATABASE_URL", db.url()));
    let mut worker = command(folder.path(), &settings, &["serve", "--role", "worker"]);
    // The same PORT: a worker listens nowhere.
    let _worker = worker.stdout(Stdio::null()).spawn().expect("the program can be started");
    until_true("the guest has an answer", LIMIT, async || to_guest() == 1).await;
    web.stop().await;
}
