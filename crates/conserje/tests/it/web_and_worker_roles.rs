//! One process takes requests, another does the work: what `--role` is for.

use std::{process::Stdio, time::Duration};

use simulators::whatsapp::Direction;
use store::db::Engine;
use testkit::TestDb;

use crate::support::{
    free_port,
    holds::{HOLDS, wish},
    run_command::command,
    serve_process::Desk,
    temp_folder::Folder,
    wait_until::{until_true, within},
    whatsapp_simulator,
};

const LIMIT: Duration = Duration::from_secs(30);

#[tokio::test(flavor = "multi_thread")]
async fn a_message_taken_by_a_web_process_is_answered_by_a_worker() {
    let db = TestDb::empty(Engine::Postgres).await;
    let port = free_port::free();
    let whatsapp = whatsapp_simulator::start(port).await;
    let (own, port) = (whatsapp_simulator::settings(&whatsapp.base_url), port.to_string());
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
    // The same PORT: this worker listens nowhere.
    settings.extend([("DATABASE_URL", db.url()), ("WORKER_HTTP", "false")]);
    let mut worker = command(folder.path(), &settings, &["serve", "--role", "worker"]);
    let _worker = worker.stdout(Stdio::null()).spawn().expect("the program can be started");
    until_true("the guest has an answer", LIMIT, async || to_guest() == 1).await;
    web.stop().await;
}

/// Whoever watches over a worker looks where they look at the desk; guests and programs find nothing there.
#[tokio::test(flavor = "multi_thread")]
async fn a_worker_shows_its_health_and_its_metrics_and_nothing_else() {
    let db = TestDb::empty(Engine::Postgres).await;
    let worker = Desk::serve_as("worker", db.url(), &[]).await;
    for path in ["/api/v1/healthz", "/api/v1/readyz", "/metrics"] {
        worker.http.get(path, None).await.expect(200);
    }
    for path in ["/api/v1/accommodations", "/api/v1/openapi.json", "/docs", "/stay/x"] {
        worker.http.get(path, None).await.expect(404);
    }
    worker.http.post(HOLDS, None, &wish("any", 10, 1, 1)).await.expect(404);
    worker.stop().await;
}
