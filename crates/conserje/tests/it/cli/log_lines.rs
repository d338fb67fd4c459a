//! What is logged, where, and what never is.

use serde_json::{Value, json};
use store::db::Engine;
use testkit::TestDb;

use crate::support::{
    free_port,
    holds::{hold, wish, with_cabin},
    serve_process::{Desk, STAFF},
    temp_folder::Folder,
    wait_until::until_true,
    whatsapp_simulator,
};

const NAME: &str = "Clementina Arrascaeta";
const PHONE: &str = "+5493515557788";
const MAIL: &str = "clementina@example.org";
const WORDS: &str = "mi secreto mejor guardado";

#[tokio::test(flavor = "multi_thread")]
async fn lines_are_json_and_each_request_has_its_id() {
    let db = TestDb::empty(Engine::Sqlite).await;
    let desk = Desk::serve(db.url(), &[]).await;
    let answer = desk.http.get("/api/v1/accommodations", None).await.expect(200);
    let id = answer.header("x-request-id").expect("an answer carries its id").to_owned();
    let mut lines = Vec::new();
    until_true("the request is logged", crate::support::run_command::PATIENCE, async || {
        lines = desk.log_lines();
        lines.iter().any(|line| line["request_id"] == *id)
    })
    .await;
    let whole = desk.log();
    for line in whole.lines() {
        let line: Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("not JSON: {line}"));
        assert!(line["message"].is_string() && line["timestamp"].is_string() && line["level"].is_string());
    }
    let line = lines.iter().find(|line| line["request_id"] == *id).expect("it was there");
    assert_eq!((&line["method"], &line["status"]), (&json!("GET"), &json!(200)));
    assert_eq!(desk.errors(), "", "nothing goes past the log");
}

/// The lines of one message, from the webhook through its job and the call to the provider to the answer that is sent.
#[tokio::test(flavor = "multi_thread")]
async fn the_lines_of_one_message_are_one_thread() {
    let db = TestDb::empty(Engine::Sqlite).await;
    let port = free_port::free();
    let chat = whatsapp_simulator::start(port).await;
    let mut settings = whatsapp_simulator::settings(&chat.base_url);
    settings.extend([("PORT", port.to_string()), ("LOG_LEVEL", "debug".to_owned())]);
    let settings: Vec<_> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let desk = Desk::serve(db.url(), &settings).await;
    chat.control.guest_writes("5493515550111", "hola");
    let in_spans = |line: &Value, name: &str, field: &str, value: &str| {
        let spans = line["spans"].as_array().cloned().unwrap_or_default();
        spans.iter().any(|span| span["name"] == name && span[field] == value)
    };
    let is_call = |line: &Value| line["message"] == "a provider answered";
    let mut lines = Vec::new();
    until_true("the answer was sent", crate::support::run_command::PATIENCE, async || {
        lines = desk.log_lines();
        lines.iter().any(is_call)
    })
    .await;
    let webhook = lines.iter().find(|line| line["route"] == "/api/v1/whatsapp/webhook").expect("the webhook");
    let trace = webhook["request_id"].as_str().expect("a request has an id");
    assert!(in_spans(webhook, "request", "request_id", trace), "{webhook}");
    let call = lines.iter().find(|line| is_call(line)).expect("the call");
    assert!(in_spans(call, "job", "trace", trace), "the call belongs to the request: {call}");
    assert!(in_spans(call, "job", "kind", "send_message"), "{call}");
    assert!(in_spans(call, "call", "method", "POST"), "{call}");
}

/// Everything that a guest tells us goes through all of the doors, good requests and bad ones, at two levels.
#[tokio::test(flavor = "multi_thread")]
async fn logs_hold_no_name_phone_mail_token_or_word_of_a_guest() {
    for level in ["info", "debug"] {
        let db = TestDb::empty(Engine::Sqlite).await;
        let whatsapp = ("WHATSAPP_ACCESS_TOKEN", "whatsapp-secret-access-token");
        let desk = Desk::serve(db.url(), &[("LOG_LEVEL", level), whatsapp, ("WHATSAPP_PHONE_ID", "1")]).await;
        let token = live_with_the_desk(&desk).await;
        desk.ask_to_stop();
        let mut desk = desk;
        assert_eq!(desk.ended(crate::support::run_command::PATIENCE).await.code(), Some(0));
        let log = desk.log() + &desk.errors();
        assert!(log.contains("answered a request"), "{log}");
        let secrets = [NAME, "Clementina", PHONE, &PHONE[1..], MAIL, WORDS, &token, STAFF, whatsapp.1];
        for secret in secrets {
            let line = log.lines().find(|line| line.contains(secret));
            assert!(line.is_none(), "{secret} stands in the log at level {level}: {line:?}");
        }
    }
}

async fn live_with_the_desk(desk: &Desk) -> String {
    let cabin = with_cabin(desk).await;
    let mut wish = wish(&cabin, 10, 2, 1);
    wish["contact_name"] = json!(NAME);
    wish["contact_phone"] = json!(PHONE);
    wish["contact_email"] = json!(MAIL);
    let held = hold(desk, &wish).await.expect(201);
    let (code, token) = (held.text("code"), held.text("token"));
    hold(desk, &wish).await.expect(409);
    wish["contact_phone"] = json!(format!("{PHONE} or so"));
    hold(desk, &wish).await.expect(422);

    let path = format!("/api/v1/reservations/{code}");
    desk.http.get(&path, Some(&token)).await.expect(200);
    desk.http.get(&format!("{path}?token={token}"), None).await.expect(200);
    desk.http.get(&path, Some(&format!("{token}x"))).await.expect(404);
    desk.http.get(&format!("/stay/{token}"), None).await.expect(200);
    desk.http.get(&format!("/stay/{token}/{token}"), None).await.expect(404);
    desk.http.get(&format!("/pay/{token}"), None).await;
    let cancel = json!({ "reason": WORDS });
    desk.http.post(&format!("{path}/cancel"), Some(&token), &cancel).await.expect(200);
    desk.http.post(&format!("{path}/confirm"), Some(STAFF), &json!({})).await.expect(409);

    let from = &PHONE[1..];
    let message = json!({ "from": from, "id": "wamid.1", "timestamp": "1800000000", "type": "text",
        "text": { "body": WORDS } });
    let contact = json!({ "wa_id": from, "profile": { "name": NAME } });
    let value = json!({ "messaging_product": "whatsapp", "metadata": { "phone_number_id": "1" },
        "contacts": [contact], "messages": [message] });
    let body = json!({ "object": "whatsapp_business_account",
        "entry": [{ "id": "1", "changes": [{ "field": "messages", "value": value }] }] });
    desk.http.post("/api/v1/whatsapp/webhook", None, &body).await.expect(200);
    // The message has been understood and its answer refused by nobody: there is no such address to send to.
    token
}

#[tokio::test(flavor = "multi_thread")]
async fn log_dir_gets_a_file_beside_the_lines_on_standard_output() {
    let (db, folder) = (TestDb::empty(Engine::Sqlite).await, Folder::new());
    let dir = folder.join("logs");
    let desk = Desk::serve(db.url(), &[("LOG_DIR", dir.to_str().expect("a plain path"))]).await;
    desk.http.get("/api/v1/readyz", None).await.expect(200);
    until_true("the file tells of the request", crate::support::run_command::PATIENCE, async || {
        std::fs::read_to_string(dir.join("conserje.log")).is_ok_and(|log| log.contains("answered a request"))
    })
    .await;
    assert!(desk.log().contains("answered a request"));
}

/// For people: no JSON, and on standard error, so that it can be told from output.
#[tokio::test(flavor = "multi_thread")]
async fn a_log_for_people_is_no_json() {
    let folder = Folder::new();
    let settings = [("DATABASE_URL", "sqlite://desk.db"), ("HOST", "127.0.0.1"), ("PORT", "0")];
    let arguments = ["serve", "--log-format", "text"];
    let mut command = crate::support::run_command::command(folder.path(), &settings, &arguments);
    let errors = std::fs::File::create(folder.join("err")).expect("the test's folder can be written");
    let _child = command.stderr(errors).spawn().expect("the program can be started");
    until_true("the desk is open", crate::support::run_command::PATIENCE, async || {
        let log = std::fs::read_to_string(folder.join("err")).expect("the log can be read");
        log.contains("the desk is open") && !log.contains("{\"timestamp\"")
    })
    .await;
}
