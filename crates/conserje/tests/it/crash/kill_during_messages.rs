//! `kill -9` while messages come in and answers go out: nothing that was accepted is lost, nothing is done twice.

use std::{collections::BTreeSet, time::Duration};

use simulators::{
    WhatsAppControl,
    faults::{Call, CallFault, PlannedCallFault},
    whatsapp::{Direction, Entry, StatusFault},
};
use store::db::{Db, Engine};
use testkit::TestDb;

use crate::support::{
    free_port,
    serve_process::Desk,
    wait_until::{until_true, within},
    whatsapp_simulator,
};

const GUESTS: usize = 12;
const LIMIT: Duration = Duration::from_secs(60);
/// How many messages one worker sends at the same time: so many may be repeated per kill, and no more.
const SENT_AT_ONCE: usize = 4;

#[tokio::test(flavor = "multi_thread")]
async fn messages_survive_kill_9_on_sqlite() {
    kill_again_and_again(Engine::Sqlite, 6).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_survive_kill_9_on_postgres() {
    kill_again_and_again(Engine::Postgres, 4).await;
}

async fn kill_again_and_again(engine: Engine, rounds: usize) {
    let db = TestDb::empty(engine).await;
    let port = free_port::free();
    let whatsapp = whatsapp_simulator::start(port).await;
    let settings = settings(&whatsapp.base_url, port);
    let mut desk = start(&db, &settings).await;
    let mut kills_in_the_middle = 0;
    for round in 0..rounds {
        let before = accepted(&whatsapp.control).len();
        // Sending takes a while, so that kills fall into it.
        let fault = CallFault::SlowAnswer { delay_ms: 30 };
        let times = u32::try_from(GUESTS).expect("a dozen");
        whatsapp.control.fail_call(PlannedCallFault { on: Some(Call::SendMessage), times, fault });
        for guest in 0..GUESTS {
            whatsapp.control.guest_writes(&phone(guest), "hola");
        }
        // The moment varies: at the first, in the middle, near the last; and by then some answers are under way.
        let moment = before + 1 + round * 5 % GUESTS;
        until_true("enough messages were accepted", LIMIT, async || {
            accepted(&whatsapp.control).len() >= moment
        })
        .await;
        desk.kill().await;
        let accepted = accepted(&whatsapp.control);
        let stored = stored(&db.db).await;
        let lost: Vec<_> = accepted.difference(&stored).collect();
        assert!(lost.is_empty(), "accepted with a 200 and not in the inbox: {lost:?}");
        kills_in_the_middle += usize::from(accepted.len() < (round + 1) * GUESTS || has_work(&db.db).await);
        desk = start(&db, &settings).await;
    }
    assert!(kills_in_the_middle > 0, "no kill met work under way: the test proves nothing");

    until_nothing_is_left(&whatsapp.control, &db.db).await;
    desk.stop().await;

    assert_handled_once(&db.db, rounds * GUESTS).await;
    let mut repeated = 0;
    for guest in 0..GUESTS {
        repeated += assert_answered(&whatsapp.control.transcript(&phone(guest)), rounds);
    }
    // Sent, and dead before it was written down: this may be repeated, because silence would be worse.
    println!("{repeated} answers were repeated in {rounds} kills");
    assert!(repeated <= rounds * SENT_AT_ONCE, "{repeated} repeated answers cannot come from {rounds} kills");
}

/// Sent, and dead before that was written down. Their status tells that the guest has it, so nothing is sent again.
#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_was_sent_but_not_recorded_is_not_repeated_when_a_status_tells_of_it() {
    let sent = sent_but_not_recorded(StatusFault::None).await;
    assert_eq!(sent.len(), 1, "the guest has it already");
}

/// Nobody tells: then silence would be worse than saying it twice, under the same name.
#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_was_sent_but_not_recorded_is_repeated_when_nothing_tells_of_it() {
    let sent = sent_but_not_recorded(StatusFault::Silent).await;
    assert_eq!(sent.len(), 2, "once by each process");
    assert_eq!(sent[0].biz_opaque_callback_data, sent[1].biz_opaque_callback_data);
    assert_eq!(sent[0].text, sent[1].text);
}

/// What a guest got whose answer was on the wire when the process died.
async fn sent_but_not_recorded(status: StatusFault) -> Vec<Entry> {
    let db = TestDb::empty(Engine::Sqlite).await;
    let port = free_port::free();
    let whatsapp = whatsapp_simulator::start(port).await;
    let settings = settings(&whatsapp.base_url, port);
    let desk = start(&db, &settings).await;
    let to_guest = || -> Vec<Entry> {
        let transcript = whatsapp.control.transcript(&phone(0)).into_iter();
        transcript.filter(|entry| entry.direction == Direction::ToGuest).collect()
    };
    // The message goes out at once; that it did is heard so late that only a living process hears it.
    whatsapp.control.fail_call(CallFault::SlowAnswer { delay_ms: 10_000 }.on(Call::SendMessage));
    whatsapp.control.fail_statuses(status);
    whatsapp.control.guest_writes(&phone(0), "hola");
    until_true("the answer is with the guest", LIMIT, async || !to_guest().is_empty()).await;
    desk.kill().await;
    assert!(has_work(&db.db).await, "the answer was recorded before the kill");
    let desk = start(&db, &settings).await;
    until_nothing_is_left(&whatsapp.control, &db.db).await;
    desk.stop().await;
    assert_handled_once(&db.db, 1).await;
    to_guest()
}

fn settings(whatsapp: &str, port: u16) -> Vec<(&'static str, String)> {
    let mut settings = whatsapp_simulator::settings(whatsapp);
    settings.extend([
        ("PORT", port.to_string()),
        // The shortest there is: what a dead process had begun is taken over soon.
        ("JOB_LEASE_SECONDS", "5".to_owned()),
        ("JOB_CONCURRENCY", SENT_AT_ONCE.to_string()),
    ]);
    settings
}

async fn start(db: &TestDb, settings: &[(&str, String)]) -> Desk {
    let settings: Vec<_> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    Desk::serve(db.url(), &settings).await
}

fn phone(guest: usize) -> String {
    format!("54935155502{guest:02}")
}

/// The guests' messages that the desk answered with a 200.
fn accepted(control: &WhatsAppControl) -> BTreeSet<String> {
    let messages = control.webhooks().into_iter().filter(|attempt| attempt.what.starts_with("message"));
    messages.filter(|attempt| attempt.accepted).map(|attempt| attempt.subject).collect()
}

async fn stored(db: &Db) -> BTreeSet<String> {
    let sql = "select external_id from inbox where external_id like 'message:%'";
    let mut session = db.read().await.expect("the test's database is read");
    let rows =
        session.all(sql, vec![], |row| row.text("external_id")).await.expect("the inbox can be listed");
    rows.into_iter().filter_map(|key| Some(key.rsplit_once(':')?.1.to_owned())).collect()
}

/// Whether a message waits to be handled or sent. Recurring work is always there and does not count.
async fn has_work(db: &Db) -> bool {
    let sql = "select count(*) as n from job where kind in ('handle_message', 'send_message')";
    let mut session = db.read().await.expect("the test's database is read");
    let count = session.first(sql, vec![], |row| row.int("n")).await.expect("jobs can be counted");
    count != Some(0)
}

/// An answer that goes out brings statuses, which come in as webhooks and are work again. So a moment without work is
/// not the end of it: the statuses may still be in the air. Nobody writes any more, and statuses bring nothing.
async fn until_nothing_is_left(control: &WhatsAppControl, db: &Db) {
    within("the last message", LIMIT, control.settle()).await;
    until_true("all answers are sent", LIMIT, async || !has_work(db).await).await;
    within("the last status", LIMIT, control.settle()).await;
    until_true("all statuses are noted", LIMIT, async || !has_work(db).await).await;
}

async fn assert_handled_once(db: &Db, messages: usize) {
    let mut session = db.read().await.expect("the test's database is read");
    let mut count = async |sql: &'static str| {
        let count = session.first(sql, vec![], |row| row.int("n")).await.expect("rows can be counted");
        usize::try_from(count.expect("one row")).expect("a count is not negative")
    };
    assert_eq!(count("select count(*) as n from inbox where handled_at is null").await, 0);
    assert_eq!(count("select count(*) as n from inbox where external_id like 'message:%'").await, messages);
    assert_eq!(count("select count(*) as n from message where direction = 'in'").await, messages);
    assert_eq!(count("select count(*) as n from message where direction = 'out'").await, messages);
    assert_eq!(count("select count(*) as n from job where state = 'dead'").await, 0);
}

/// Every message got its one answer. Returns how often an answer was sent again.
fn assert_answered(transcript: &[Entry], messages: usize) -> usize {
    let to_guest: Vec<_> = transcript.iter().filter(|entry| entry.direction == Direction::ToGuest).collect();
    let answers: BTreeSet<_> = to_guest.iter().map(|entry| entry.biz_opaque_callback_data.clone()).collect();
    assert!(!answers.contains(&None), "each answer carries our own name for it");
    assert_eq!(answers.len(), messages, "one answer to each message");
    to_guest.len() - answers.len()
}
